using System.Buffers;

namespace RepoPulse.Commands.Export;

/// <summary>GitHub's JSON as it was received, a line for each event: what GH Archive's tools read, and <c>import</c> too.</summary>
internal sealed class NdjsonExport(Stream stream) : IExportWriter
{
    private static readonly byte[] LineEnd = [(byte)'\n'];
    private static readonly SearchValues<byte> LineEnds = SearchValues.Create("\r\n"u8);

    public async ValueTask WriteAsync(GitHubEvent e, CancellationToken cancellationToken)
    {
        await stream.WriteAsync(OnOneLine(e.Json), cancellationToken);
        await stream.WriteAsync(LineEnd, cancellationToken);
    }

    public ValueTask CompleteAsync(CancellationToken cancellationToken) => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    /// <summary>In JSON a line end can only stand where a space could: within text it is escaped.</summary>
    private static ReadOnlyMemory<byte> OnOneLine(ReadOnlyMemory<byte> json)
    {
        if (json.Span.IndexOfAny(LineEnds) < 0)
            return json;
        var line = json.ToArray();
        line.AsSpan().ReplaceAny(LineEnds, (byte)' ');
        return line;
    }
}
