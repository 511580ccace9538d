namespace RepoPulse.Commands.Export;

internal static class ExportWriters
{
    public static async ValueTask<IExportWriter> CreateAsync(ExportFormat format, Stream stream, CancellationToken cancellationToken) => format switch
    {
        ExportFormat.Csv => await CsvExport.CreateAsync(stream, cancellationToken),
        ExportFormat.Parquet => await ParquetExport.CreateAsync(stream, cancellationToken),
        _ => new NdjsonExport(stream),
    };
}
