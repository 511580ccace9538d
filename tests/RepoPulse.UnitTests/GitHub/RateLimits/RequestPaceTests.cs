using Microsoft.Extensions.Time.Testing;
using RepoPulse.GitHub;

namespace RepoPulse.UnitTests.GitHub.RateLimits;

public sealed class RequestPaceTests
{
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public async Task A_clock_that_is_set_back_does_not_make_requests_wait()
    {
        var time = new SettableTime(new DateTimeOffset(2026, 11, 23, 12, 0, 0, TimeSpan.Zero));
        using var pace = new RequestPace(61, 10, time);
        using var first = await pace.EnterAsync(default);
        time.Ahead = TimeSpan.FromHours(-1);

        var second = pace.EnterAsync(default).AsTask();
        time.Advance(TimeSpan.FromSeconds(1));
        using (await second)
        {
        }
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(3, 3)]
    public async Task Collectors_that_share_a_token_ask_as_many_times_more_rarely(int collectors, int seconds)
    {
        using var pace = new RequestPace(61, 10, _time) { Collectors = collectors };
        using (await pace.EnterAsync(default))
        {
            var second = pace.EnterAsync(default).AsTask();
            _time.Advance(TimeSpan.FromSeconds(seconds) - TimeSpan.FromMilliseconds(1));
            Assert.False(second.IsCompleted);
            _time.Advance(TimeSpan.FromMilliseconds(1));
            using (await second)
            {
            }
        }
    }
}
