using System.Buffers;
using System.Globalization;
using System.Text;

namespace RepoPulse.Commands.Export;

/// <summary>Comma-separated values (RFC 4180) in UTF-8. Nothing between two commas is null. A cell that a spreadsheet would take for a
/// formula begins with <c>'</c>, unless it is written raw: names, logins and payloads are other people's text.</summary>
internal sealed class CsvExport : IExportWriter
{
    private const string Header = "id,type,created_at,public,repo_id,repo_name,actor_id,actor_login,org_id,org_login,payload\r\n";

    private static readonly SearchValues<char> ToQuote = SearchValues.Create(",\"\r\n");

    /// <summary>What a formula begins with (OWASP, CSV Injection).</summary>
    private static readonly SearchValues<char> FormulaStarts = SearchValues.Create("=+-@\t\r");

    private readonly Stream _stream;
    private readonly bool _isRaw;
    private readonly StringBuilder _line = new();

    private CsvExport(Stream stream, bool isRaw) => (_stream, _isRaw) = (stream, isRaw);

    public static async ValueTask<CsvExport> CreateAsync(Stream stream, bool isRaw, CancellationToken cancellationToken)
    {
        await stream.WriteAsync(Encoding.UTF8.GetBytes(Header), cancellationToken);
        return new CsvExport(stream, isRaw);
    }

    public ValueTask WriteAsync(GitHubEvent e, CancellationToken cancellationToken)
    {
        var row = ExportedEvent.Read(e);
        _line.Clear();
        Add(row.Id).Append(',');
        Add(row.Type).Append(',');
        Add(row.CreatedAt.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFF'Z'", CultureInfo.InvariantCulture)).Append(',');
        Add(row.IsPublic switch { true => "true", false => "false", null => null }).Append(',');
        Add(row.RepositoryId?.ToString(CultureInfo.InvariantCulture)).Append(',');
        Add(row.RepositoryName).Append(',');
        Add(row.ActorId?.ToString(CultureInfo.InvariantCulture)).Append(',');
        Add(row.ActorLogin).Append(',');
        Add(row.OrganizationId?.ToString(CultureInfo.InvariantCulture)).Append(',');
        Add(row.OrganizationLogin).Append(',');
        Add(row.Payload).Append("\r\n");
        return _stream.WriteAsync(Encoding.UTF8.GetBytes(_line.ToString()), cancellationToken);
    }

    public ValueTask CompleteAsync(CancellationToken cancellationToken) => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private StringBuilder Add(string? field)
    {
        if (!_isRaw && field is [var first, ..] && FormulaStarts.Contains(first))
            field = "'" + field;
        return field is null || !field.AsSpan().ContainsAny(ToQuote)
            ? _line.Append(field)
            : _line.Append('"').Append(field.Replace("\"", "\"\"", StringComparison.Ordinal)).Append('"');
    }
}
