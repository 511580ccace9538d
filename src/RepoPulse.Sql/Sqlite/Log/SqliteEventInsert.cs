namespace RepoPulse.Sql.Sqlite;

internal sealed class SqliteEventInsert : IEventInsert, IDisposable
{
    private readonly SqlStatement _event;
    private readonly SqlStatement _payload;

    /// <param name="dictionary">The number of the dictionary that the frames are made with.</param>
    public SqliteEventInsert(SqlSession session, int dictionary)
    {
        _event = session.Prepare(
            """
            INSERT INTO event (seq, created_at, event_id, repository_id, type_id, source) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
            ON CONFLICT (created_at, event_id) DO NOTHING
            """);
        _payload = session.Prepare("INSERT INTO payload (seq, dictionary, json) VALUES (?1, ?2, ?3)");
        _payload.Bind(2, dictionary);
    }

    public bool Insert(long sequence, in GitHubEvent e, long createdAt, long typeId, EventSource source, ReadOnlySpan<byte> frame)
    {
        _event.Bind(1, sequence).Bind(2, createdAt).Bind(3, e.Key.Id.Value).Bind(4, e.RepositoryId.Value).Bind(5, typeId).Bind(
            6, (long)source);
        if (_event.Run() == 0)
            return false;
        _payload.Bind(1, sequence).Bind(3, frame).Run();
        return true;
    }

    public void Dispose()
    {
        _event.Dispose();
        _payload.Dispose();
    }
}
