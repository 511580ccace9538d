using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging.Abstractions;
using RepoPulse.Collector;
using RepoPulse.Collector.Intake;
using RepoPulse.Collector.Polling;
using RepoPulse.Events;
using RepoPulse.UnitTests.GitHub;

namespace RepoPulse.UnitTests.Collector.Polling;

/// <summary>Puts the parts of polling together, as the composition of the process does.</summary>
internal static class Pollers
{
    public static FeedPoller Create(StubGitHub gitHub, IEventLogWriter log, IFeedStore feeds, CollectorOptions options, IMeterFactory meters)
    {
        var metrics = new CollectorMetrics(meters);
        return Create(gitHub, log, feeds, options, metrics, new PollSchedule(options), Budget(gitHub, options, new CollectorStatus(), metrics));
    }

    public static PollScheduler CreateScheduler(
        StubGitHub gitHub, IEventLogWriter log, IFeedStore feeds, IWatchList lists, CollectorOptions options, CollectorStatus status, IMeterFactory meters)
    {
        var rounds = CreateRounds(gitHub, log, feeds, lists, new UndividedShare(feeds), options, status, meters);
        return new PollScheduler(rounds, status, gitHub.Time, new Random(2), NullLogger<PollScheduler>.Instance);
    }

    public static PollRounds CreateRounds(
        StubGitHub gitHub, IEventLogWriter log, IFeedStore feeds, IWatchList lists, IFeedShares shares, CollectorOptions options, CollectorStatus status, IMeterFactory meters)
    {
        var schedule = new PollSchedule(options);
        var metrics = new CollectorMetrics(meters);
        var budget = Budget(gitHub, options, status, metrics);
        var poller = Create(gitHub, log, feeds, options, metrics, schedule, budget);
        return new PollRounds(
            feeds, lists, shares, gitHub.Tokens, poller, schedule, budget, options, status, metrics, gitHub.Time, new Random(1), NullLogger<PollRounds>.Instance);
    }

    private static FeedPoller Create(
        StubGitHub gitHub, IEventLogWriter log, IFeedStore feeds, CollectorOptions options, CollectorMetrics metrics, PollSchedule schedule, PollBudget budget)
    {
        var intake = new EventIntake(log, options, metrics, gitHub.Time);
        var identity = new RepositoryIdentity(gitHub.Client, NullLogger<RepositoryIdentity>.Instance);
        var outcomes = new PollOutcomes(feeds, identity, schedule, budget, metrics, gitHub.Time, new Random(3), NullLogger<PollOutcomes>.Instance);
        return new FeedPoller(
            gitHub.Tokens, new FeedSweeper(gitHub.Client, intake, metrics, gitHub.Time), outcomes, metrics, NullLogger<FeedPoller>.Instance);
    }

    private static PollBudget Budget(StubGitHub gitHub, CollectorOptions options, CollectorStatus status, CollectorMetrics metrics)
        => new(gitHub.Tokens, options, status, metrics, gitHub.Time, NullLogger<PollBudget>.Instance);
}
