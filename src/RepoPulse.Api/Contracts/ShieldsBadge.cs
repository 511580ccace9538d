namespace RepoPulse.Api.Contracts;

/// <summary>A badge in the form of shields.io's endpoints.</summary>
internal sealed record ShieldsBadge
{
    /// <summary>Always 1.</summary>
    public required int SchemaVersion { get; init; }

    /// <summary>What the badge is about.</summary>
    public required string Label { get; init; }

    /// <summary>The figure in words; "unknown" where there is none.</summary>
    public required string Message { get; init; }

    /// <summary>A colour's name: "lightgrey" where the figure is unknown.</summary>
    public required string Color { get; init; }
}
