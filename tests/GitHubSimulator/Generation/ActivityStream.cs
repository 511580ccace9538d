using GitHubSimulator.Events;
using GitHubSimulator.World;

namespace GitHubSimulator.Generation;

/// <summary>The made-up events of one repository, one after another: a Poisson process whose rate follows a <see cref="Rhythm"/>.</summary>
internal sealed class ActivityStream
{
    private readonly SimulatedRepository _repository;
    private readonly GenerationOptions _options;
    private readonly double _perHour;
    private readonly Random _random;
    private readonly Rhythm? _rhythm;
    private DateTimeOffset _previousRank;

    public ActivityStream(SimulatedRepository repository, double eventsPerHour, GenerationOptions options, DateTimeOffset start)
    {
        _repository = repository;
        _perHour = eventsPerHour;
        _options = options;
        _random = new Random(unchecked(options.Seed * 397 ^ (int)repository.Id));
        _rhythm = options.HasRhythm ? new Rhythm(_random) : null;
        _previousRank = start;
        NextAt = start;
        DrawNext();
    }

    public DateTimeOffset NextAt { get; private set; }

    /// <summary>Publishes the event of <see cref="NextAt"/> and draws when the one after it happens.</summary>
    public void Emit(GitHubWorld world)
    {
        // Ranked just before its predecessor, an event stands below it, though it is newer.
        var rank = _random.NextDouble() < _options.SwappedShare ? _previousRank.AddTicks(-1) : NextAt;
        var draft = new EventDraft { Delay = _options.MaxDelay * _random.NextDouble(), RankAt = rank };
        world.Publish(world.Factory.Create(_repository, EventMix.Draw(_random), NextAt, draft, _random));
        _previousRank = rank;
        DrawNext();
    }

    /// <summary>Draws at the highest rate there can be, and keeps a draw with the probability that the present rate has of it.</summary>
    private void DrawNext()
    {
        var peak = _rhythm is null ? 1 : Rhythm.Peak;
        do
            NextAt += TimeSpan.FromHours(-Math.Log(1 - _random.NextDouble()) / (_perHour * peak));
        while (_rhythm is not null && _random.NextDouble() * peak >= _rhythm.FactorAt(NextAt));
    }
}
