using System.Collections.Concurrent;

namespace RepoPulse.Sql;

/// <summary>The numbers of event types. They are few and never change, so both ways are held in memory once seen committed.</summary>
internal sealed class SqlEventTypes
{
    private readonly ConcurrentDictionary<EventType, long> _ids = new();
    private readonly ConcurrentDictionary<long, EventType> _types = new();

    /// <summary>The number of a type, which is given one if need be: only within a transaction that writes.</summary>
    public long GetOrAdd(SqlSession session, EventType type)
    {
        if (_ids.TryGetValue(type, out var id))
            return id;
        // Not remembered here: should the transaction fail, a new number is gone again.
        using var select = session.Prepare("SELECT id FROM event_type WHERE name = ?1");
        if (select.Bind(1, type.Name).Step())
            return select.Int64(0);
        using var insert = session.Prepare("INSERT INTO event_type (name) VALUES (?1) RETURNING id");
        insert.Bind(1, type.Name).Step();
        return insert.Int64(0);
    }

    public EventType Get(SqlSession session, long id)
    {
        if (!Knows(id))
            Load(session);
        return Get(id);
    }

    /// <summary>Whether the number of a type was seen.</summary>
    public bool Knows(EventType type) => _ids.ContainsKey(type);

    /// <summary>The number of a type that is known.</summary>
    public long GetId(EventType type) => _ids[type];

    /// <summary>Whether a number was seen.</summary>
    public bool Knows(long id) => _types.ContainsKey(id);

    /// <exception cref="InvalidDataException">The number was never seen.</exception>
    public EventType Get(long id) =>
        _types.TryGetValue(id, out var type) ? type : throw new InvalidDataException($"The event type {id} is missing.");

    /// <summary>The numbers of those among the types that ever came.</summary>
    public IReadOnlyList<long> Find(SqlSession session, IReadOnlyCollection<EventType> types)
    {
        if (types.Any(type => !_ids.ContainsKey(type)))
            Load(session);
        return [.. types.Where(_ids.ContainsKey).Select(type => _ids[type])];
    }

    /// <summary>Reads what is committed: not to be called within a transaction that writes.</summary>
    public void Load(SqlSession session)
    {
        using var select = session.Prepare("SELECT id, name FROM event_type");
        while (select.Step())
        {
            if (!EventType.TryParse(select.Text(1), out var type))
                throw new InvalidDataException($"'{select.Text(1)}' is stored as an event type and is none.");
            _ids[type] = select.Int64(0);
            _types[select.Int64(0)] = type;
        }
    }
}
