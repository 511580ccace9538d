using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using RepoPulse.Collector;
using RepoPulse.Collector.Polling;
using RepoPulse.Core.Hosting;
using RepoPulse.GitHub;

namespace RepoPulse.Simulation;

/// <summary>One life of a collector: the parts of the real one, composed as the process does, from its start until it dies.</summary>
public sealed class SimulatedCollector : IDisposable
{
    private readonly ServiceProvider _services;
    private readonly PollCoordinator _rounds;
    private readonly SimulationClock _clock;
    private readonly List<(FeedAddress Feed, Task<PollResult?> Poll)> _underWay = [];
    private readonly CancellationTokenSource _life = new();
    private readonly TokenPool _tokens;
    private readonly RateLimitPlanner _budget;

    public SimulatedCollector(
        SimulationClock clock,
        SimulatedStore store,
        HttpMessageHandler gitHub,
        GitHubOptions gitHubOptions,
        CollectorOptions options,
        Random random,
        ILoggerProvider? logs = null,
        TimeProvider? wallClock = null)
    {
        _clock = clock;
        var services = new ServiceCollection();
        services.AddSingleton(wallClock ?? clock);
        services.AddSingleton(random);
        services.AddMetrics();
        services.AddLogging(logging =>
        {
            logging.SetMinimumLevel(LogLevel.Information);
            if (logs is not null)
                logging.AddProvider(logs);
        });
        services.AddSingleton(gitHub);
        services.AddSingleton<IEventLogWriter>(store);
        services.AddSingleton<IEventRetention>(store);
        services.AddSingleton<IFeedStore>(store);
        services.AddSingleton<IWatchList>(store);
        services.AddGitHub(gitHubOptions);
        services.AddCollector(options);
        _services = services.BuildServiceProvider();
        _rounds = _services.GetRequiredService<PollCoordinator>();
        _tokens = _services.GetRequiredService<TokenPool>();
        _budget = _services.GetRequiredService<RateLimitPlanner>();
    }

    /// <summary>When limits kept it from polling as it should: an account waited, or even the safe pace was more than it may ask.</summary>
    public List<(DateTimeOffset From, DateTimeOffset To)> Held { get; } = [];

    public CollectorStatus Status => _services.GetRequiredService<CollectorStatus>();

    /// <summary>Lives until <paramref name="end"/>; what it is doing then is cut off as by a crash.</summary>
    public void LiveUntil(DateTimeOffset end)
    {
        Run(end);
        _life.Cancel();
        // What is cancelled may go on elsewhere; it has nothing left to do there but to end.
        Task.WhenAll(_underWay.Select(entry => entry.Poll)).Wait(TimeSpan.FromSeconds(10));
        TakeBack();
        if (_underWay.Count > 0)
            throw new InvalidOperationException($"{_underWay.Count} polls outlive their collector, the first of {_underWay[0].Feed}.");
    }

    /// <summary>Runs on until <paramref name="end"/>, and may be run on from there.</summary>
    public void Run(DateTimeOffset end)
    {
        while (_clock.GetUtcNow() < end)
        {
            // The simulated store responds at once.
            _rounds.RefreshAsync(_life.Token).AsTask().GetAwaiter().GetResult();
            while (_rounds.TryBegin(out var feed))
                _underWay.Add((feed, _rounds.PollAsync(feed, _life.Token)));
            if (TakeBack())
                continue;
            var from = _clock.GetUtcNow();
            var next = from + (_rounds.NextDue - _clock.GetSteadyNow());
            var isHeld = _tokens.Accounts.Any(account => account.BlockedUntil is not null || _budget.For(account).Overload > 1);
            _clock.AdvanceToNextTimer(next < end ? next : end);
            if (isHeld)
                NoteHeld(from, _clock.GetUtcNow());
        }
    }

    public void Dispose()
    {
        _life.Dispose();
        _services.Dispose();
    }

    private void NoteHeld(DateTimeOffset from, DateTimeOffset to)
    {
        if (Held is [.., var last] && last.To == from)
            Held[^1] = (last.From, to);
        else
            Held.Add((from, to));
    }

    /// <summary>Takes back the polls that have ended; false where none has.</summary>
    private bool TakeBack()
    {
        var ended = _underWay.RemoveAll(entry =>
        {
            if (!entry.Poll.IsCompleted)
                return false;
            _rounds.End(entry.Feed, entry.Poll.GetAwaiter().GetResult());
            return true;
        });
        return ended > 0;
    }
}
