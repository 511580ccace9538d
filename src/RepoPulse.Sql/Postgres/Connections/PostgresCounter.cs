namespace RepoPulse.Sql.Postgres;

/// <summary>
/// A sequence under a lock that is held until the transaction is over, whichever way: a reader that sees a number sees every smaller one
/// that will ever be committed. A row with the count would need no lock of its own, but each change would leave a dead row behind for as
/// long as anyone reads, a backup for instance.
/// </summary>
internal sealed class PostgresCounter : SqlCounter
{
    private readonly PostgresSession _session;
    private readonly string _next;
    private readonly Queue<long> _expected = [];
    private long? _upcoming;
    private bool _hasMoved;

    public PostgresCounter(PostgresSession session, SqlNumbers numbers)
    {
        _session = session;
        (var take, _next) = numbers == SqlNumbers.Events
            ? (PostgresLocks.Events, "nextval('event_number')")
            : (PostgresLocks.Catalog, "nextval('catalog_version')");
        session.Execute(take);
    }

    public override bool HasMoved => _hasMoved;

    public override long Upcoming => _upcoming ??= _expected.TryDequeue(out var number) ? number : _session.Scalar($"SELECT {_next}");

    public override void Expect(int numbers)
    {
        using var select = _session.Prepare($"SELECT {_next} FROM generate_series(1, ?1)");
        select.Bind(1, numbers);
        while (select.Step())
            _expected.Enqueue(select.Int64(0));
    }

    public override long Next()
    {
        var next = Upcoming;
        (_upcoming, _hasMoved) = (null, true);
        return next;
    }
}
