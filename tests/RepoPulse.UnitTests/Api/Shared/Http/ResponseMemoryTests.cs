using Microsoft.Extensions.Time.Testing;
using RepoPulse.Api;
using RepoPulse.Api.Metrics;
using RepoPulse.UnitTests.Api.Support;

namespace RepoPulse.UnitTests.Api.Shared.Http;

public sealed class ResponseMemoryTests : IDisposable
{
    private const long Half = ResponseMemory.Limit / 2;

    private readonly FakeTimeProvider _time = new(Some.Now);
    private readonly MeasuringMeterFactory _meters = new();
    private readonly ResponseMemory _memory;

    public ResponseMemoryTests() => _memory = new ResponseMemory(_time, new ApiMetrics(_meters));

    [Fact]
    public void All_responses_together_hold_no_more_than_there_is()
    {
        using var one = new SlowClient(_memory);
        using var other = new SlowClient(_memory);
        Assert.True(one.Response.TryHold(Half));
        Assert.True(other.Response.TryHold(Half));
        Assert.False(other.Response.TryHold(1));
        Assert.Equal(ResponseMemory.Limit, _memory.Held);

        one.Response.Dispose();

        Assert.Equal(Half, _memory.Held);
        Assert.True(other.Response.TryHold(Half));
    }

    [Fact]
    public async Task Who_needs_room_waits_until_another_has_done()
    {
        using var one = new SlowClient(_memory);
        using var other = new SlowClient(_memory);
        Assert.True(one.Response.TryHold(Half + 1));
        var waiting = other.Response.HoldAsync(Half).AsTask();
        Assert.False(waiting.IsCompleted);

        one.Response.Dispose();

        await waiting.WaitAsync(TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken);
        Assert.False(one.IsAborted);
        Assert.Equal(Half, _memory.Held);
    }

    [Fact]
    public async Task Where_there_is_no_room_the_slowest_is_cut_off_and_one_that_reads_is_not()
    {
        using var slowest = new SlowClient(_memory);
        using var slow = new SlowClient(_memory);
        using var steady = new SlowClient(_memory);
        foreach (var client in new[] { slowest, slow, steady })
            Assert.True(client.Response.TryHold(ResponseMemory.Limit / 4));
        _ = slowest.SendAsync(1 << 20);
        await slowest.IsWaitingAsync(_time);
        _time.Advance(TimeSpan.FromMilliseconds(1));
        _ = slow.SendAsync(1 << 20);
        await slow.IsWaitingAsync(_time);
        _time.Advance(ResponseMemory.SlowAfter);
        using var next = new SlowClient(_memory);

        await next.Response.HoldAsync(Half).AsTask().WaitAsync(TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken);

        Assert.True(slowest.IsAborted);
        Assert.False(slow.IsAborted);
        Assert.False(steady.IsAborted);
        Assert.Equal(ResponseMemory.Limit, _memory.Held);
        Assert.Equal(1, _meters.Measured["repopulse.api.responses.cut{reason=memory}"]);
    }

    [Fact]
    public async Task Nobody_waits_for_room_for_ever()
    {
        using var one = new SlowClient(_memory);
        using var other = new SlowClient(_memory);
        Assert.True(one.Response.TryHold(ResponseMemory.Limit));
        var waiting = other.Response.HoldAsync(1).AsTask();

        var passed = TimeSpan.Zero;
        for (var step = TimeSpan.FromMilliseconds(50); !waiting.IsCompleted; passed += step)
        {
            _time.Advance(step);
            await Task.Yield();
        }

        Assert.True(passed >= ResponseMemory.MaxWait);
        await Assert.ThrowsAsync<OverloadedException>(() => waiting);
        Assert.False(one.IsAborted);
        Assert.Equal(1, _meters.Measured["repopulse.api.requests.refused{reason=memory}"]);
    }

    [Fact]
    public async Task What_is_more_than_there_is_takes_all_of_it()
    {
        using var client = new SlowClient(_memory);
        await client.Response.HoldAsync(10 * ResponseMemory.Limit);
        Assert.Equal(ResponseMemory.Limit, _memory.Held);
    }

    public void Dispose() => _meters.Dispose();
}
