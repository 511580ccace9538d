namespace GitHubSimulator.Faults;

/// <summary>The planned errors: the first that is meant for a request happens to it.</summary>
public sealed class FaultPlan
{
    private readonly Lock _lock = new();
    private readonly List<Planned> _planned = [];

    /// <summary>How many errors have yet to happen.</summary>
    public int Left
    {
        get
        {
            lock (_lock)
                return _planned.Sum(planned => planned.Left);
        }
    }

    /// <summary>The next <paramref name="times"/> requests to a path meet an error.</summary>
    /// <param name="path">Without the query, whatever its case; an asterisk at the end stands for any rest.</param>
    public void Next(string path, Fault fault, int times = 1) => Next(facts => Matches(path, facts.Path), fault, times);

    /// <summary>The next <paramref name="times"/> requests of which <paramref name="meant"/> is true meet an error.</summary>
    public void Next(Predicate<RequestFacts> meant, Fault fault, int times = 1)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(times, 1);
        lock (_lock)
            _planned.Add(new Planned(meant, fault) { Left = times });
    }

    public void Clear()
    {
        lock (_lock)
            _planned.Clear();
    }

    internal Fault? Take(RequestFacts facts)
    {
        lock (_lock)
        {
            var index = _planned.FindIndex(planned => planned.Meant(facts));
            if (index < 0)
                return null;
            var found = _planned[index];
            if (--found.Left == 0)
                _planned.RemoveAt(index);
            return found.Fault;
        }
    }

    private static bool Matches(string pattern, string path) => pattern.EndsWith('*')
        ? path.StartsWith(pattern[..^1], StringComparison.OrdinalIgnoreCase)
        : path.Equals(pattern, StringComparison.OrdinalIgnoreCase);

    private sealed record Planned(Predicate<RequestFacts> Meant, Fault Fault)
    {
        public int Left { get; set; }
    }
}
