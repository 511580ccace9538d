namespace RepoPulse.Core;

/// <summary>The part of a <see cref="FeedCursor"/> that no query asks for, as it is stored.</summary>
public sealed record CursorDocument
{
    public string? MovedTo { get; init; }

    public string? Token { get; init; }

    public string? PinnedToken { get; init; }

    public IReadOnlyList<FeedPage> Pages { get; init; } = [];

    public DateTimeOffset? LastSweptAt { get; init; }

    public DateTimeOffset? SweptBeforeAt { get; init; }

    public DateTimeOffset? LastWholeAt { get; init; }

    public DateTimeOffset? ConfirmedAt { get; init; }

    public DateTimeOffset? ChangedAt { get; init; }

    public DateTimeOffset? ComparedAt { get; init; }

    public int EnteredSince { get; init; }

    public double EventsPerHour { get; init; }

    public DateTimeOffset? NameCheckedAt { get; init; }

    public TimeSpan? PollInterval { get; init; }

    public int Failures { get; init; }

    public static CursorDocument Of(FeedCursor cursor) => new()
    {
        MovedTo = cursor.MovedTo,
        Token = cursor.Token,
        PinnedToken = cursor.PinnedToken,
        Pages = cursor.Pages,
        LastSweptAt = cursor.LastSweptAt,
        SweptBeforeAt = cursor.SweptBeforeAt,
        LastWholeAt = cursor.LastFullSweepAt,
        ConfirmedAt = cursor.ConfirmedAt,
        ChangedAt = cursor.ChangedAt,
        ComparedAt = cursor.ComparedAt,
        EnteredSince = cursor.EnteredSince,
        EventsPerHour = cursor.EventsPerHour,
        NameCheckedAt = cursor.NameCheckedAt,
        PollInterval = cursor.PollInterval,
        Failures = cursor.Failures,
    };

    public FeedCursor ToCursor() => new()
    {
        MovedTo = MovedTo,
        Token = Token,
        PinnedToken = PinnedToken,
        Pages = Pages,
        LastSweptAt = LastSweptAt,
        SweptBeforeAt = SweptBeforeAt,
        LastFullSweepAt = LastWholeAt,
        ConfirmedAt = ConfirmedAt,
        ChangedAt = ChangedAt,
        ComparedAt = ComparedAt,
        EnteredSince = EnteredSince,
        EventsPerHour = EventsPerHour,
        NameCheckedAt = NameCheckedAt,
        PollInterval = PollInterval,
        Failures = Failures,
    };
}
