namespace RepoPulse.Configuration;

internal sealed record ApiSettings
{
    /// <summary>Addresses to listen at, such as <c>http://127.0.0.1:8080</c> or <c>http://*:80</c>.</summary>
    public required IReadOnlyList<string> Urls { get; init; }

    /// <summary>Patterns of what is shown: <c>owner/name</c>, <c>owner/*</c> or <c>*</c>, the first two also after <c>!</c> to leave out.</summary>
    public required IReadOnlyList<string> Repositories { get; init; }

    public required IReadOnlyList<string> Keys { get; init; }

    public required bool PublicBadges { get; init; }

    public required IReadOnlyList<string> AllowedOrigins { get; init; }

    /// <summary>Null for any number.</summary>
    public required int? RequestsPerMinute { get; init; }

    /// <summary>Addresses and networks.</summary>
    public required IReadOnlyList<string> TrustedProxies { get; init; }
}
