namespace RepoPulse.Api.Badges;

/// <summary>A badge as an endpoint of shields.io (https://shields.io/badges/endpoint-badge), which draws it.</summary>
internal static class BadgeJson
{
    public static ReadOnlyMemory<byte> Write(Badge badge) => ContractsJsonContext.Write(
        new()
        {
            SchemaVersion = 1,
            Label = badge.Label,
            Message = badge.Text,
            Color = badge.IsKnown ? "blue" : "lightgrey",
        },
        ContractsJsonContext.Default.ShieldsBadge);
}

/// <summary>A badge in the form of shields.io's endpoints.</summary>
internal sealed record ShieldsBadge
{
    /// <summary>Always 1.</summary>
    public required int SchemaVersion { get; init; }

    /// <summary>What the badge is about.</summary>
    public required string Label { get; init; }

    /// <summary>The statistic in words; "unknown" where there is none.</summary>
    public required string Message { get; init; }

    /// <summary>A colour's name: "lightgrey" where the statistic is unknown.</summary>
    public required string Color { get; init; }
}
