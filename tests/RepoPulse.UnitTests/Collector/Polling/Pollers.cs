using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging.Abstractions;
using RepoPulse.Collector;
using RepoPulse.Collector.Polling;
using RepoPulse.Collector.Retention;
using RepoPulse.UnitTests.GitHub;

namespace RepoPulse.UnitTests.Collector.Polling;

/// <summary>Puts the parts of polling together, as the composition of the process does.</summary>
internal static class Pollers
{
    public static FeedPoller Create(
        StubGitHub gitHub, IEventLogWriter log, IFeedStore feeds, CollectorOptions options, IMeterFactory meters)
    {
        var metrics = new CollectorMetrics(meters);
        return Create(
            gitHub, log, feeds, options, metrics, new PollIntervalPolicy(options), Budget(gitHub, options, new CollectorStatus(), metrics));
    }

    public static PollingService CreateScheduler(
        StubGitHub gitHub,
        IEventLogWriter log,
        IFeedStore feeds,
        IWatchList lists,
        CollectorOptions options,
        CollectorStatus status,
        IMeterFactory meters)
    {
        var rounds = CreateRounds(gitHub, log, feeds, lists, new SingleCollectorLeases(feeds), options, status, meters);
        return new PollingService(rounds, status, gitHub.Time, new Random(2), NullLogger<PollingService>.Instance);
    }

    public static PollCoordinator CreateRounds(
        StubGitHub gitHub,
        IEventLogWriter log,
        IFeedStore feeds,
        IWatchList lists,
        IFeedLeases shares,
        CollectorOptions options,
        CollectorStatus status,
        IMeterFactory meters)
    {
        var schedule = new PollIntervalPolicy(options);
        var metrics = new CollectorMetrics(meters);
        var budget = Budget(gitHub, options, status, metrics);
        var poller = Create(gitHub, log, feeds, options, metrics, schedule, budget);
        return new PollCoordinator(
            new FeedAssignment(lists, shares, gitHub.Tokens, options, status, metrics),
            new PollRunner(feeds, poller, status, gitHub.Time, NullLogger<PollRunner>.Instance),
            gitHub.Tokens,
            schedule,
            budget,
            options,
            gitHub.Time,
            new Random(1));
    }

    private static FeedPoller Create(
        StubGitHub gitHub,
        IEventLogWriter log,
        IFeedStore feeds,
        CollectorOptions options,
        CollectorMetrics metrics,
        PollIntervalPolicy schedule,
        RateLimitPlanner budget)
    {
        var intake = new EventIntake(log, options, metrics, new RetentionClock(gitHub.Time, gitHub.Client.Clock));
        var identity = new RepositoryIdentity(gitHub.Client, NullLogger<RepositoryIdentity>.Instance);
        var outcomes = new PollResultRecorder(
            feeds,
            identity,
            schedule,
            budget,
            metrics,
            gitHub.Client.Clock,
            gitHub.Time,
            new Random(3),
            NullLogger<PollResultRecorder>.Instance);
        var sweeper = new FeedSweeper(gitHub.Client, intake, metrics, gitHub.Time);
        return new FeedPoller(
            gitHub.Tokens,
            sweeper,
            new FeedConfirmation(
                gitHub.Tokens,
                sweeper,
                gitHub.Client,
                options,
                metrics,
                gitHub.Time,
                NullLogger<FeedConfirmation>.Instance),
            outcomes,
            metrics,
            NullLogger<FeedPoller>.Instance);
    }

    private static RateLimitPlanner Budget(StubGitHub gitHub, CollectorOptions options, CollectorStatus status, CollectorMetrics metrics)
        => new(gitHub.Tokens, options, status, metrics, gitHub.Time, NullLogger<RateLimitPlanner>.Instance);
}
