using System.Globalization;
using RepoPulse.Core.Reading;

namespace RepoPulse.UnitTests.Core.Events.Reading;

public sealed class InternTableTests
{
    [Fact]
    public void Values_stay_right_when_there_are_more_of_them_than_slots()
    {
        var table = new InternTable<EventType>(4, 100, EventType.TryParse);
        for (var i = 0; i < 1000; i++)
        {
            var name = (i * 7919 % 50).ToString(CultureInfo.InvariantCulture);
            Assert.True(table.TryGet(Samples.Bytes(name), out var type));
            Assert.Equal(name, type.Name);
        }
    }

    [Fact]
    public void A_text_that_comes_again_gives_the_same_object()
    {
        var table = new InternTable<EventType>(2, 100, EventType.TryParse);
        table.TryGet("PushEvent"u8, out var first);
        table.TryGet("WatchEvent"u8, out _);

        Assert.True(table.TryGet("PushEvent"u8, out var again));
        Assert.Same(first.Name, again.Name);
    }

    [Fact]
    public void What_is_no_value_is_none_each_time()
    {
        var table = new InternTable<EventType>(4, 3, EventType.TryParse);

        Assert.False(table.TryGet("a b"u8, out _));
        Assert.False(table.TryGet("a b"u8, out _));
        Assert.False(table.TryGet("abcd"u8, out _));
        Assert.False(table.TryGet(""u8, out _));
        Assert.False(table.TryGet([0xff], out _));
    }
}
