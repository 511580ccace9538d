using Microsoft.Extensions.Time.Testing;
using RepoPulse.Collector;
using RepoPulse.Collector.Retention;

namespace RepoPulse.UnitTests.Collector.Intake;

public sealed class EventIntakeTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);
    private readonly RecordingLog _log = new();

    [Fact]
    public async Task What_is_older_than_the_retention_period_is_counted_and_not_stored()
    {
        var result = await AcceptAsync(
            TimeSpan.FromDays(7), Event(1, Now), Event(2, Now.AddDays(-7)), Event(3, Now.AddDays(-7).AddMicroseconds(-1)));

        Assert.Equal(new IntakeResult(Appended: 2, AlreadyHeld: 0, Outdated: 1, WithoutRepository: 0), result);
        Assert.Equal([1, 2], _log.Appended.Select(e => e.Key.Id.Value));
    }

    [Fact]
    public async Task Forever_keeps_the_oldest_event()
    {
        var result = await AcceptAsync(null, Event(1, new DateTimeOffset(2011, 2, 12, 0, 0, 0, TimeSpan.Zero)));

        Assert.Equal(1, result.Appended);
    }

    [Fact]
    public async Task An_event_of_no_repository_is_counted_and_not_stored()
    {
        var result = await AcceptAsync(null, Event(1, Now) with { RepositoryId = RepositoryId.None }, Event(2, Now));

        Assert.Equal(new IntakeResult(Appended: 1, AlreadyHeld: 0, Outdated: 0, WithoutRepository: 1), result);
    }

    [Fact]
    public async Task A_batch_of_which_nothing_is_kept_does_not_trouble_the_log()
    {
        await AcceptAsync(TimeSpan.FromDays(7), Event(1, Now.AddDays(-8)));

        Assert.Equal(0, _log.Calls);
    }

    private async Task<IntakeResult> AcceptAsync(TimeSpan? retention, params List<GitHubEvent> events)
    {
        using var meters = new TestMeterFactory();
        var options = new CollectorOptions { Name = "test", RetentionPeriod = retention };
        var intake = new EventIntake(_log, options, new CollectorMetrics(meters), new RetentionClock(new FakeTimeProvider(Now)));
        return await intake.AcceptAsync(events, EventSource.Poll, CancellationToken.None);
    }

    private static GitHubEvent Event(long id, DateTimeOffset at) => new()
    {
        Key = new EventKey(EventId.FromGitHub(id), at),
        Type = EventType.Parse("PushEvent"),
        RepositoryId = new RepositoryId(1),
        Repository = RepositoryName.Parse("octo/cat"),
    };

    private sealed class RecordingLog : IEventLogWriter
    {
        public List<GitHubEvent> Appended { get; } = [];

        public int Calls { get; private set; }

        public ValueTask<AppendResult> AppendAsync(
            IReadOnlyList<GitHubEvent> events, EventSource source, CancellationToken cancellationToken)
        {
            Calls++;
            Appended.AddRange(events);
            return ValueTask.FromResult(new AppendResult(events.Count, 0));
        }
    }
}
