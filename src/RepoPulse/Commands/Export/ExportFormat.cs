namespace RepoPulse.Commands.Export;

internal enum ExportFormat
{
    /// <summary>GitHub's own JSON, an event a line: the form of GH Archive.</summary>
    Ndjson,

    /// <summary>RFC 4180, with a header.</summary>
    Csv,

    Parquet,
}
