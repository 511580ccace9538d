namespace RepoPulse.Sql.Postgres;

internal sealed class PostgresEventInsert : IEventInsert, IDisposable
{
    private readonly SqlStatement _insert;

    /// <param name="dictionary">The number of the dictionary that the frames are made with.</param>
    public PostgresEventInsert(SqlSession session, int dictionary)
    {
        _insert = session.Prepare(
            """
            INSERT INTO event (seq, created_at, event_id, repository_id, type_id, source, dictionary, json) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
            ON CONFLICT (created_at, event_id) DO NOTHING
            """);
        _insert.Bind(7, dictionary);
    }

    public bool Insert(long sequence, in GitHubEvent e, long createdAt, long typeId, EventSource source, ReadOnlySpan<byte> frame)
    {
        _insert.Bind(1, sequence).Bind(2, createdAt).Bind(3, e.Key.Id.Value).Bind(4, e.RepositoryId.Value).Bind(5, typeId).Bind(
            6, (long)source);
        return _insert.Bind(8, frame).Run() > 0;
    }

    public void Dispose() => _insert.Dispose();
}
