using System.Net;
using Microsoft.Extensions.Time.Testing;
using RepoPulse.Api;
using RepoPulse.UnitTests.Api.Support;

namespace RepoPulse.UnitTests.Api.Shared.Limits;

public sealed class ClientWindowsTests
{
    private readonly FakeTimeProvider _time = new(Some.Now);

    [Fact]
    public void No_minute_has_more_than_the_limit_and_each_client_its_own()
    {
        var windows = new ClientWindows(limit: 3, maxAddresses: 10, _time);

        Assert.Equal([2, 1, 0], Enumerable.Range(0, 3).Select(_ => windows.Take(Address(1)).Remaining));
        Assert.Equal(new Quota(false, 0, TimeSpan.FromSeconds(60)), windows.Take(Address(1)));
        Assert.True(windows.Take(Address(2)).Granted);

        _time.Advance(TimeSpan.FromSeconds(59.5));
        Assert.Equal(new Quota(false, 0, TimeSpan.FromSeconds(0.5)), windows.Take(Address(1)));

        _time.Advance(TimeSpan.FromSeconds(0.5));
        Assert.Equal(new Quota(true, 2, TimeSpan.FromSeconds(60)), windows.Take(Address(1)));
    }

    [Fact]
    public void What_was_refused_does_not_count()
    {
        var windows = new ClientWindows(limit: 2, maxAddresses: 10, _time);
        windows.Take(Address(1));
        _time.Advance(TimeSpan.FromSeconds(20));
        windows.Take(Address(1));
        _time.Advance(TimeSpan.FromSeconds(20));

        Assert.Equal(TimeSpan.FromSeconds(20), windows.Take(Address(1)).Reset);
        _time.Advance(TimeSpan.FromSeconds(20));
        Assert.True(windows.Take(Address(1)).Granted);
        Assert.Equal(new Quota(false, 0, TimeSpan.FromSeconds(20)), windows.Take(Address(1)));
    }

    [Fact]
    public void However_many_clients_come_the_memory_is_bounded_and_keys_keep_their_own()
    {
        var windows = new ClientWindows(limit: 2, maxAddresses: 100, _time);
        for (var i = 0; i < 100; i++)
            windows.Take(Address(i));

        Assert.Equal([true, true, false, false], Enumerable.Range(1000, 4).Select(i => windows.Take(Address(i)).Granted));
        Assert.True(windows.Take(Address(7)).Granted);
        Assert.True(windows.Take(Client.Of(0, null)).Granted);
        Assert.Equal(101, windows.Count);

        _time.Advance(TimeSpan.FromSeconds(30));
        for (var i = 0; i < 50; i++)
            windows.Take(Address(i));
        _time.Advance(TimeSpan.FromSeconds(30));
        Assert.True(windows.Take(Address(2000)).Granted);
        Assert.Equal(50, windows.Count);
    }

    private static Client Address(int number) => Client.Of(-1, new IPAddress((uint)number + 1));
}
