using RepoPulse.Events;

namespace RepoPulse.Commands.Export;

/// <summary>What an export is to hold, and where it goes.</summary>
internal sealed record ExportRequest
{
    public required ExportFormat Format { get; init; }

    /// <summary>Null for the standard output.</summary>
    public string? File { get; init; }

    /// <summary>Only these, by any name that they bore; empty for all.</summary>
    public IReadOnlyList<RepositoryName> Repositories { get; init; } = [];

    public IReadOnlyList<EventType> Types { get; init; } = [];

    public DateTimeOffset? Since { get; init; }

    public DateTimeOffset? Until { get; init; }
}
