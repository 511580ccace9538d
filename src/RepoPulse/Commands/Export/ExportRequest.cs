namespace RepoPulse.Commands.Export;

/// <summary>What an export is to hold, and where it goes.</summary>
internal sealed record ExportRequest
{
    public required ExportFormat Format { get; init; }

    /// <summary>Null for the standard output.</summary>
    public string? File { get; init; }

    /// <summary>Only these, by any name that they had; empty for all.</summary>
    public IReadOnlyList<RepositoryName> Repositories { get; init; } = [];

    public IReadOnlyList<EventType> Types { get; init; } = [];

    /// <summary>Whether CSV cells that a spreadsheet would take for a formula are left as they are.</summary>
    public bool IsRaw { get; init; }

    public DateTimeOffset? Since { get; init; }

    public DateTimeOffset? Until { get; init; }
}

internal enum ExportFormat
{
    /// <summary>GitHub's own JSON, an event a line: the form of GH Archive.</summary>
    Ndjson,

    /// <summary>RFC 4180, with a header.</summary>
    Csv,

    Parquet,
}
