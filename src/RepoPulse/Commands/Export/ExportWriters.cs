namespace RepoPulse.Commands.Export;

internal static class ExportWriters
{
    public static async ValueTask<IExportWriter> CreateAsync(ExportRequest request, Stream stream, CancellationToken cancellationToken) =>
        request.Format switch
    {
        ExportFormat.Csv => await CsvExport.CreateAsync(stream, request.IsRaw, cancellationToken),
        ExportFormat.Parquet => await ParquetExport.CreateAsync(stream, cancellationToken),
        _ => new NdjsonExport(stream),
    };
}

/// <summary>Writes events to a stream in one format.</summary>
internal interface IExportWriter : IAsyncDisposable
{
    ValueTask WriteAsync(GitHubEvent e, CancellationToken cancellationToken);

    /// <summary>Writes what is left, once there are no more events. Without it what was written is no whole file.</summary>
    ValueTask CompleteAsync(CancellationToken cancellationToken);
}
