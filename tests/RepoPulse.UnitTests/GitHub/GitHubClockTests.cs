using RepoPulse.Core.Hosting;
using RepoPulse.GitHub;

namespace RepoPulse.UnitTests.GitHub;

public sealed class GitHubClockTests
{
    private readonly SettableTime _time = new(new DateTimeOffset(2026, 11, 23, 12, 0, 0, TimeSpan.Zero));
    private readonly GitHubClock _clock;

    public GitHubClockTests() => _clock = new GitHubClock(_time);

    [Fact]
    public void Until_GitHub_has_answered_it_is_the_machines()
    {
        _time.Ahead = TimeSpan.FromHours(1);

        Assert.False(_clock.IsKnown);
        Assert.Equal(_time.GetUtcNow(), _clock.Now);
        Assert.Equal(_time.GetUtcNow().AddMinutes(-2), _clock.At(_time.GetSteadyNow() - TimeSpan.FromMinutes(2)));
    }

    [Theory]
    [InlineData(-90)]
    [InlineData(90)]
    public void From_then_on_no_setting_of_the_machines_clock_moves_it(int minutes)
    {
        Learn(_time.Right);
        _time.Ahead = TimeSpan.FromMinutes(minutes);
        _time.Advance(TimeSpan.FromMinutes(10));

        Assert.True(_clock.IsKnown);
        Assert.Equal(_time.Right, _clock.Now);
    }

    [Fact]
    public void A_date_is_of_whole_seconds_so_the_latest_is_the_best()
    {
        Learn(_time.Right.AddSeconds(-0.9));
        Learn(_time.Right.AddSeconds(-0.1));
        Learn(_time.Right.AddSeconds(-5));

        Assert.Equal(_time.Right.AddSeconds(-0.1), _clock.Now);
    }

    [Fact]
    public void What_was_learned_ages_so_that_a_machine_whose_clock_runs_fast_is_never_ahead_for_long()
    {
        Learn(_time.Right);
        var start = _time.Right;
        for (var minute = 1; minute <= 1_000; minute++)
        {
            // Fifty seconds in a million seconds.
            _time.Advance(TimeSpan.FromMinutes(1));
            Learn(start + ((_time.Right - start) * (1 - 5e-5)));
        }

        Assert.InRange(_clock.Now - (start + ((_time.Right - start) * (1 - 5e-5))), TimeSpan.Zero, TimeSpan.FromMilliseconds(10));
    }

    [Fact]
    public void One_answer_with_another_date_moves_nothing_and_answers_that_agree_do()
    {
        Learn(_time.Right);
        for (var i = 0; i < 10; i++)
        {
            Learn(_time.Right.AddMinutes(2));
            Learn(_time.Right);
            Learn(_time.Right.AddDays(-390));
        }

        Assert.Equal(_time.Right, _clock.Now);
        for (var i = 0; i < 3; i++)
            Learn(_time.Right.AddHours(1));
        Assert.Equal(_time.Right.AddHours(1), _clock.Now);
    }

    [Fact]
    public void A_date_that_no_certificate_would_let_a_machine_see_is_none()
    {
        for (var i = 0; i < 10; i++)
            Learn(_time.Right.AddYears(-13));

        Assert.False(_clock.IsKnown);
        Assert.False(_clock.IsDateless);
        _clock.Synchronize(null, _time.GetSteadyNow());
        Assert.True(_clock.IsDateless);
        Assert.Equal(_time.Right, _clock.Now);
    }

    private void Learn(DateTimeOffset date) => _clock.Synchronize(date, _time.GetSteadyNow());
}
