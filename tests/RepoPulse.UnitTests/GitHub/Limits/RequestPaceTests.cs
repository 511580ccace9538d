using Microsoft.Extensions.Time.Testing;
using RepoPulse.GitHub.Limits;

namespace RepoPulse.UnitTests.GitHub.Limits;

public sealed class RequestPaceTests
{
    private readonly FakeTimeProvider _time = new();

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
