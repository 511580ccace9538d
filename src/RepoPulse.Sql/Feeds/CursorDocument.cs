namespace RepoPulse.Sql.Feeds;

/// <summary>The part of a <see cref="FeedCursor"/> that no query asks for, as it is stored.</summary>
internal sealed record CursorDocument
{
    public string? MovedTo { get; init; }

    public string? Token { get; init; }

    public IReadOnlyList<FeedPage> Pages { get; init; } = [];

    public DateTimeOffset? LastSweptAt { get; init; }

    public TimeSpan? PollInterval { get; init; }

    public int Failures { get; init; }

    public static CursorDocument Of(FeedCursor cursor) => new()
    {
        MovedTo = cursor.MovedTo,
        Token = cursor.Token,
        Pages = cursor.Pages,
        LastSweptAt = cursor.LastSweptAt,
        PollInterval = cursor.PollInterval,
        Failures = cursor.Failures,
    };

    public FeedCursor ToCursor() => new()
    {
        MovedTo = MovedTo,
        Token = Token,
        Pages = Pages,
        LastSweptAt = LastSweptAt,
        PollInterval = PollInterval,
        Failures = Failures,
    };
}
