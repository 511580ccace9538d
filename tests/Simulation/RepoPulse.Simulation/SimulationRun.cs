using GitHubSimulator;
using GitHubSimulator.Accounts;
using GitHubSimulator.Faults;
using GitHubSimulator.Generation;
using GitHubSimulator.World;
using Microsoft.Extensions.Logging;
using RepoPulse.Collector;
using RepoPulse.GitHub;

namespace RepoPulse.Simulation;

/// <summary>Runs a scenario on virtual time: collectors live, die and are started again over a store that stays.</summary>
public sealed class SimulationRun
{
    /// <summary>At the end the weather is fair for a while, so that what is under way comes to its end.</summary>
    private static readonly TimeSpan CalmTail = TimeSpan.FromHours(2);

    private static readonly DateTimeOffset Start = new(2026, 9, 7, 6, 0, 0, TimeSpan.Zero);

    private readonly Scenario _scenario;
    private readonly SimulationClock _clock = new(Start);
    private readonly WallClock _wallClock;
    private readonly Queue<(TimeSpan At, TimeSpan Ahead)> _settings;
    private readonly Dictionary<FeedAddress, DateTimeOffset> _savedAt = [];
    private readonly SimulatedStore _store = new();
    private readonly GitHubWorld _world;
    private readonly HttpMessageHandler _gitHub;
    private readonly Random _random;
    private readonly List<(DateTimeOffset From, DateTimeOffset To)> _downtimes = [];
    private readonly List<(DateTimeOffset From, DateTimeOffset To)> _held = [];
    private readonly ILoggerProvider? _logs;
    private TimeSpan _longestPause;

    private SimulationRun(Scenario scenario, Func<HttpMessageHandler, HttpMessageHandler>? weaken, ILoggerProvider? logs)
    {
        _scenario = scenario;
        _logs = logs;
        _wallClock = new WallClock(_clock);
        _settings = new(scenario.ClockSettings);
        _random = new Random(scenario.Seed);
        _world = new GitHubWorld(
            _clock, new WorldOptions { Seed = scenario.Seed, Limits = new LimitOptions { PerUser = scenario.UserLimit } })
        {
            Weather = new FaultWeather(scenario.Seed, scenario.Weather),
        };
        for (var i = 0; i < scenario.TokenHolders.Count; i++)
            _world.Accounts.AddToken(scenario.TokenHolders[i], $"token-{i}");
        ActivityGenerator.Play(_world, scenario.Repositories, scenario.Generation);
        HttpMessageHandler handler = scenario.IsDateless ? new Dateless(new DirectHandler(_world)) : new DirectHandler(_world);
        _gitHub = weaken is null ? handler : weaken(handler);
    }

    /// <param name="weaken">Puts something between the collector and GitHub that makes it read as a lesser one would.</param>
    public static RunReport Run(
        Scenario scenario, Func<HttpMessageHandler, HttpMessageHandler>? weaken = null, ILoggerProvider? logs = null)
    {
        // What waits for the clock goes on in the call that moves it, unless a context takes it elsewhere.
        var context = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(null);
        try
        {
            return new SimulationRun(scenario, weaken, logs).Run();
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(context);
        }
    }

    private RunReport Run()
    {
        var truth = new Truth(_world, _store, _clock, _scenario);
        _store.Saved = (feed, cursor, proof) =>
        {
            // Where GitHub does not say what time it is, the machine's clock dates the sweeps.
            truth.Saved(
                feed, cursor, proof is { } proven && _scenario.IsDateless ? proven with { To = proven.To - _wallClock.Ahead } : proof);
            NotePause(feed);
        };
        var end = Start + _scenario.Duration;
        while (_clock.GetUtcNow() < end)
        {
            Live(Earlier(end, NextCrash()));
            _savedAt.Clear();
            if (_clock.GetUtcNow() >= end)
                break;
            var back = Earlier(end, _clock.GetUtcNow() + (_scenario.MaxDowntime * Math.Pow(_random.NextDouble(), 3)));
            _downtimes.Add((_clock.GetUtcNow(), back));
            while (_clock.AdvanceToNextTimer(back))
            {
            }
        }

        _world.Weather = null;
        Live(end + CalmTail);
        return truth.Judge(_downtimes.Count, [.. _downtimes, .. _held]) with { LongestPause = _longestPause };
    }

    private void NotePause(FeedAddress feed)
    {
        var now = _clock.GetUtcNow();
        if (_savedAt.TryGetValue(feed, out var before) && now - before > _longestPause)
            _longestPause = now - before;
        _savedAt[feed] = now;
    }

    private DateTimeOffset NextCrash() => _scenario.CrashSpacing == TimeSpan.Zero
        ? DateTimeOffset.MaxValue
        : _clock.GetUtcNow() + (_scenario.CrashSpacing * -Math.Log(1 - _random.NextDouble()));

    /// <summary>Lives until a time, and sets the clock on the way.</summary>
    private void Live(DateTimeOffset until)
    {
        while (_scenario.RestartsWithClock && _settings.TryPeek(out var setting) && Start + setting.At < until)
        {
            LiveOnce(Start + setting.At);
            _wallClock.Ahead = _settings.Dequeue().Ahead;
        }

        LiveOnce(until);
    }

    private void LiveOnce(DateTimeOffset until)
    {
        var gitHub = new GitHubOptions
        {
            Tokens = [.. _scenario.TokenHolders.Select((_, i) => $"token-{i}")],
            ApiUrl = new Uri("https://api.github.com"),
        };
        var options = new CollectorOptions { Name = "simulated", Feeds = [.. _scenario.Feeds], RetentionPeriod = _scenario.Retention };
        using var collector = new SimulatedCollector(
            _clock, _store, _gitHub, gitHub, options, new Random(_random.Next()), _logs, _wallClock);
        while (!_scenario.RestartsWithClock && _settings.TryPeek(out var setting) && Start + setting.At < until)
        {
            collector.Run(Start + setting.At);
            _wallClock.Ahead = _settings.Dequeue().Ahead;
        }

        collector.LiveUntil(until);
        _held.AddRange(collector.Held);
    }

    private static DateTimeOffset Earlier(DateTimeOffset a, DateTimeOffset b) => a < b ? a : b;
}
