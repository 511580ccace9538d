namespace RepoPulse.Sql.Log;

/// <summary>Stores one event within a transaction.</summary>
internal interface IEventInsert
{
    /// <summary>False where an event of this key is held.</summary>
    bool Insert(long sequence, in GitHubEvent e, long createdAt, long typeId, EventSource source, ReadOnlySpan<byte> frame);
}
