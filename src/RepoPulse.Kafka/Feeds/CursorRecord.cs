namespace RepoPulse.Kafka.Feeds;

/// <summary>How far a feed has been read.</summary>
internal sealed record CursorRecord
{
    public required string Feed { get; init; }

    /// <summary>The feed whose name was this one's before; watched as long as that is.</summary>
    public string? Origin { get; init; }

    public long RepositoryId { get; init; }

    public int State { get; init; }

    public DateTimeOffset? LastPolledAt { get; init; }

    public DateTimeOffset? NextPollAt { get; init; }

    public required CursorDocument Cursor { get; init; }

    /// <summary>As <see cref="SweepKeys"/> has them.</summary>
    public required byte[] Known { get; init; }

    public static CursorRecord Of(FeedAddress feed, FeedAddress? origin, FeedCursor cursor) => new()
    {
        Feed = feed.ToString(),
        Origin = origin?.ToString(),
        RepositoryId = cursor.RepositoryId.Value,
        State = (int)cursor.State,
        LastPolledAt = cursor.LastPolledAt,
        NextPollAt = cursor.NextPollAt,
        Cursor = CursorDocument.Of(cursor),
        Known = SweepKeys.Encode(cursor.Known),
    };

    public FeedCursor ToCursor() => Cursor.ToCursor() with
    {
        RepositoryId = new RepositoryId(RepositoryId),
        State = (RepositoryState)State,
        LastPolledAt = LastPolledAt,
        NextPollAt = NextPollAt,
        Known = SweepKeys.Decode(Known),
    };
}
