namespace RepoPulse.Collector.Webhooks;

public sealed record WebhookOptions
{
    public const int DefaultMaxBodyBytes = 25 * 1024 * 1024;
    public const int DefaultMaxBytesInFlight = 64 * 1024 * 1024;

    /// <summary>Room for a body of 25 MB beside the share of small ones.</summary>
    public const int LeastMaxBytesInFlight = 32 * 1024 * 1024;

    public const int GreatestMaxBytesInFlight = 2_000_000_000;

    public static readonly TimeSpan DefaultBodyTimeout = TimeSpan.FromSeconds(10);
    public static readonly TimeSpan LeastBodyTimeout = TimeSpan.FromSeconds(1);
    public static readonly TimeSpan GreatestBodyTimeout = TimeSpan.FromMinutes(5);

    /// <summary>What GitHub signs every delivery with.</summary>
    public required string Secret { get; init; }

    /// <summary>GitHub caps what it sends at 25 MB.</summary>
    public int MaxBodyBytes { get; init; } = DefaultMaxBodyBytes;

    /// <summary>How much memory all bodies under way may hold together.</summary>
    public int MaxBytesInFlight { get; init; } = DefaultMaxBytesInFlight;

    /// <summary>How long a body may take to arrive as a whole. GitHub itself gives up after 10 s.</summary>
    public TimeSpan BodyTimeout { get; init; } = DefaultBodyTimeout;
}
