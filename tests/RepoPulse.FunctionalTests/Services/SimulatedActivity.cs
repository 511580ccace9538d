using System.Collections.Concurrent;
using GitHubSimulator.Events;
using GitHubSimulator.World;

namespace RepoPulse.FunctionalTests.Services;

/// <summary>What happens in repositories, and all that did: little enough between two polls for no feed to overflow.</summary>
/// <param name="pause">Between one and the next, in whichever repository.</param>
internal sealed class SimulatedActivity(IReadOnlyList<SimulatedRepository> repositories, TimeSpan pause) : IAsyncDisposable
{
    private static readonly string[] Types = ["PushEvent", "WatchEvent", "IssuesEvent"];

    private readonly ConcurrentQueue<SimulatedEvent> _events = new();
    private readonly CancellationTokenSource _end = new();
    private Task _flow = Task.CompletedTask;

    public ShownEvent[] Of(SimulatedRepository repository) => [.. _events.Where(e => e.Repository == repository).Select(e => e.ToKey())];

    /// <summary>A past for each repository.</summary>
    public void Begin(int eventsOfEach)
    {
        for (var i = 0; i < eventsOfEach; i++)
        {
            foreach (var repository in repositories)
                Add(repository, TimeProvider.System.GetUtcNow().AddMinutes(-i - 1), i);
        }
    }

    /// <summary>From now on something happens all the time, until <see cref="StopAsync"/>.</summary>
    public void Start() => _flow = FlowAsync(_end.Token);

    public async Task StopAsync()
    {
        await _end.CancelAsync();
        await _flow;
    }

    public void Add(SimulatedRepository repository, DateTimeOffset at, int number) =>
        // Some appear a little late, below what is known already.
        _events.Enqueue(repository.Add(
            Types[number % 3], at, new EventDraft { Delay = number % 7 == 0 ? TimeSpan.FromMilliseconds(700) : TimeSpan.Zero }));

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _end.Dispose();
    }

    private async Task FlowAsync(CancellationToken cancellationToken)
    {
        for (var i = 0; !cancellationToken.IsCancellationRequested; i++)
        {
            Add(repositories[i % repositories.Count], TimeProvider.System.GetUtcNow(), i);
            await Task.Delay(pause, TimeProvider.System, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
