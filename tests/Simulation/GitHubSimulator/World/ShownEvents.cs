namespace GitHubSimulator.World;

/// <summary>Every event that ever stood in a response, each once: what a collector that loses nothing must hold.</summary>
public sealed class ShownEvents
{
    private readonly Lock _lock = new();
    private readonly Dictionary<long, HashSet<ShownEvent>> _byRepository = [];

    public int Count
    {
        get
        {
            lock (_lock)
                return _byRepository.Values.Sum(shown => shown.Count);
        }
    }

    public IReadOnlyList<ShownEvent> All
    {
        get
        {
            lock (_lock)
                return [.. _byRepository.Values.SelectMany(shown => shown)];
        }
    }

    public IReadOnlyCollection<ShownEvent> Of(SimulatedRepository repository) => Of(repository.Id);

    public IReadOnlyCollection<ShownEvent> Of(long repositoryId)
    {
        lock (_lock)
            return _byRepository.TryGetValue(repositoryId, out var shown) ? [.. shown] : [];
    }

    internal void Record(IReadOnlyList<SimulatedEvent> events)
    {
        lock (_lock)
        {
            foreach (var e in events)
            {
                if (!_byRepository.TryGetValue(e.Repository.Id, out var shown))
                    _byRepository.Add(e.Repository.Id, shown = []);
                shown.Add(e.ToKey());
            }
        }
    }
}
