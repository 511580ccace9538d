using System.Runtime.CompilerServices;
using System.Text;
using RepoPulse.Commands;
using RepoPulse.Commands.Export;
using RepoPulse.Commands.Stats;
using RepoPulse.Configuration;

namespace RepoPulse.UnitTests.Commands;

/// <summary>Notes what it is called with, and does what the test says.</summary>
internal sealed class FakeHandlers : ICommandHandlers
{
    private int _opened;

    /// <summary>How often statistics were asked for.</summary>
    public int Opened => Volatile.Read(ref _opened);

    public string? Called { get; private set; }

    public RepoPulseSettings? Settings { get; private set; }

    public IReadOnlyList<string> Files { get; private set; } = [];

    public ExportRequest? Export { get; private set; }

    public Func<CancellationToken, Task<int>> Body { get; set; } = _ => Task.FromResult(ExitCode.Done);

    /// <summary>The database's documents by every name under which they are found.</summary>
    public Dictionary<string, string> Database { get; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>How many pushes each interval of the last week had, for every repository; null where no history is kept.</summary>
    public long[]? Activity { get; set; }

    /// <summary>How often a repository's activity was asked for.</summary>
    public int ActivityAsked { get; private set; }

    public Task<int> RunAsync(CommandContext context, RepoPulseSettings settings, CancellationToken cancellationToken) =>
        Note(settings, cancellationToken);

    public Task<int> CollectAsync(CommandContext context, RepoPulseSettings settings, CancellationToken cancellationToken) =>
        Note(settings, cancellationToken);

    public Task<int> ServeAsync(CommandContext context, RepoPulseSettings settings, CancellationToken cancellationToken) =>
        Note(settings, cancellationToken);

    public Task<int> AggregateAsync(CommandContext context, RepoPulseSettings settings, CancellationToken cancellationToken) =>
        Note(settings, cancellationToken);

    public Task<int> ArchiveAsync(CommandContext context, RepoPulseSettings settings, CancellationToken cancellationToken) =>
        Note(settings, cancellationToken);

    public Task<int> ImportAsync(
        CommandContext context, RepoPulseSettings settings, IReadOnlyList<string> files, CancellationToken cancellationToken)
    {
        Files = files;
        return Note(settings, cancellationToken);
    }

    public Task<int> ExportAsync(
        CommandContext context, RepoPulseSettings settings, ExportRequest request, CancellationToken cancellationToken)
    {
        Export = request;
        return Note(settings, cancellationToken);
    }

    public Task<int> CheckAsync(CommandContext context, RepoPulseSettings settings, CancellationToken cancellationToken) =>
        Note(settings, cancellationToken);

    public ValueTask<IStatisticsSource> OpenStatisticsAsync(
        CommandContext context, RepoPulseSettings settings, CancellationToken cancellationToken)
    {
        Settings = settings;
        Interlocked.Increment(ref _opened);
        return ValueTask.FromResult<IStatisticsSource>(new Source(this));
    }

    private Task<int> Note(RepoPulseSettings settings, CancellationToken cancellationToken, [CallerMemberName] string name = "")
    {
        (Called, Settings) = (name, settings);
        return Body(cancellationToken);
    }

    private sealed class Source(FakeHandlers handlers) : IStatisticsSource
    {
        public async IAsyncEnumerable<ReadOnlyMemory<byte>> ReadAsync(
            RepositoryName? repository, [EnumeratorCancellation] CancellationToken cancellationToken)
        {
            await Task.Yield();
            foreach (var (name, document) in handlers.Database)
            {
                if (repository is null || repository == RepositoryName.Parse(name))
                    yield return Encoding.UTF8.GetBytes(document);
            }
        }

        public ValueTask<RecentActivity?> ReadActivityAsync(
            StatisticsDocument document, DateTimeOffset since, CancellationToken cancellationToken)
        {
            handlers.ActivityAsked++;
            if (handlers.Activity is null)
                return ValueTask.FromResult<RecentActivity?>(null);
            var activity = new RecentActivity(since);
            for (var i = 0; i < handlers.Activity.Length; i++)
                activity.Add(since + (i * RecentActivity.Bucket), "PushEvent", handlers.Activity[i]);
            return ValueTask.FromResult<RecentActivity?>(activity);
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
