using RepoPulse.Sql.Repositories;
using RepoPulse.Sql.Sessions;
using RepoPulse.Sql.Webhooks;

namespace RepoPulse.Sql.Log;

/// <summary>
/// Appends events one by one within a transaction: each is looked for among those that webhooks told of before it takes its number.
/// </summary>
internal sealed class SingleAppends(SqlSession session, SqlPayloads payloads, SqlEventTypes types, SqlNames names, EventSource source)
{
    private readonly SqlCounter _sequence = session.Count(SqlNumbers.Events);
    private readonly SqlMerging _merging = new(session, payloads);
    private readonly Dictionary<EventType, long> _typeIds = [];

    public int Appended { get; private set; }

    public int Superseding { get; private set; }

    /// <param name="insert">The dialect's statements that store one event.</param>
    public void Append(in GitHubEvent e, ReadOnlySpan<byte> frame, IEventInsert insert)
    {
        if (!_typeIds.TryGetValue(e.Type, out var typeId))
            _typeIds.Add(e.Type, typeId = types.GetOrAdd(session, e.Type));
        var createdAt = Micros.Floor(e.Key.CreatedAt);
        names.See(e.RepositoryId, e.Repository, createdAt);
        if (_merging.Holds(e, createdAt, typeId) || !insert.Insert(_sequence.Upcoming, e, createdAt, typeId, source, frame))
            return;
        var sequence = _sequence.Next();
        Appended++;
        Superseding += _merging.Appended(e, createdAt, sequence) ? 1 : 0;
    }

    public void Save() => _sequence.Save();
}
