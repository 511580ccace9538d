namespace RepoPulse.Collector.Webhooks;

public sealed record WebhookOptions
{
    /// <summary>What GitHub signs every delivery with.</summary>
    public required string Secret { get; init; }

    /// <summary>GitHub caps what it sends at 25 MB.</summary>
    public int MaxBodyBytes { get; init; } = 25 * 1024 * 1024;
}
