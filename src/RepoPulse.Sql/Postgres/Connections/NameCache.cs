using System.Collections.Concurrent;

namespace RepoPulse.Sql.Postgres;

/// <summary>
/// Which names this process has met as the present ones of their repositories. As a rule they still are, so that one statement does for an
/// append what otherwise takes two; where they are not, the statement says so.
/// </summary>
internal sealed class NameCache
{
    /// <summary>Some 20 MB. Beyond that the cache starts again.</summary>
    private const int Most = 200_000;

    private readonly ConcurrentDictionary<(long RepositoryId, string Name), byte> _names = new();

    public bool Contains(long repositoryId, string name) => _names.ContainsKey((repositoryId, name));

    public void Add(long repositoryId, string name)
    {
        if (_names.Count >= Most)
            _names.Clear();
        _names.TryAdd((repositoryId, name), 0);
    }
}
