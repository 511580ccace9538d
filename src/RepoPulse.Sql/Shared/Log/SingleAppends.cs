namespace RepoPulse.Sql;

/// <summary>
/// Appends events one by one within a transaction: each is compared with those that webhooks reported before it takes its number.
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

/// <summary>Stores one event within a transaction.</summary>
internal interface IEventInsert
{
    /// <summary>False where an event of this key is held.</summary>
    bool Insert(long sequence, in GitHubEvent e, long createdAt, long typeId, EventSource source, ReadOnlySpan<byte> frame);
}
