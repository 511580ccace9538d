namespace RepoPulse.Kafka;

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

    /// <exception cref="InvalidDataException">No collector writes such a record.</exception>
    public CursorRecord Checked()
    {
        RecordCheck.Require(RepositoryId >= 0, nameof(RepositoryId));
        RecordCheck.Require(Enum.IsDefined((RepositoryState)State), nameof(State));
        RecordCheck.Time(LastPolledAt, nameof(LastPolledAt));
        RecordCheck.Time(NextPollAt, nameof(NextPollAt));
        RecordCheck.Require(Cursor is { Pages: not null, EnteredSince: >= 0, Failures: >= 0 }, nameof(Cursor));
        RecordCheck.Require(Cursor.Pages!.All(page => page is not null), nameof(Cursor.Pages));
        RecordCheck.Require(double.IsFinite(Cursor.EventsPerHour) && Cursor.EventsPerHour >= 0, nameof(Cursor.EventsPerHour));
        RecordCheck.Require(
            Cursor.PollInterval is not { } interval || (interval >= TimeSpan.Zero && interval <= TimeSpan.FromDays(1)),
            nameof(Cursor.PollInterval));
        RecordCheck.Time(Cursor.LastSweptAt, nameof(Cursor.LastSweptAt));
        RecordCheck.Time(Cursor.SweptBeforeAt, nameof(Cursor.SweptBeforeAt));
        RecordCheck.Time(Cursor.LastWholeAt, nameof(Cursor.LastWholeAt));
        RecordCheck.Time(Cursor.ConfirmedAt, nameof(Cursor.ConfirmedAt));
        RecordCheck.Time(Cursor.ChangedAt, nameof(Cursor.ChangedAt));
        RecordCheck.Time(Cursor.ComparedAt, nameof(Cursor.ComparedAt));
        RecordCheck.Time(Cursor.NameCheckedAt, nameof(Cursor.NameCheckedAt));
        RecordCheck.Require(Known is not null, nameof(Known));
        foreach (var key in SweepKeys.Decode(Known))
            RecordCheck.Time(key.CreatedAt, nameof(Known));
        return this;
    }

    public FeedCursor ToCursor() => Cursor.ToCursor() with
    {
        RepositoryId = new RepositoryId(RepositoryId),
        State = (RepositoryState)State,
        LastPolledAt = LastPolledAt,
        NextPollAt = NextPollAt,
        Known = SweepKeys.Decode(Known),
    };
}
