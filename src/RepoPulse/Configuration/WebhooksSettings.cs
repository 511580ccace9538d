namespace RepoPulse.Configuration;

internal sealed record WebhooksSettings
{
    /// <summary>Null switches webhooks off.</summary>
    public required string? Secret { get; init; }
}
