using System.Globalization;
using System.IO.Compression;
using System.Text;
using DuckDB.NET.Data;
using RepoPulse.FunctionalTests.Processes;
using RepoPulse.FunctionalTests.Simulator;

namespace RepoPulse.FunctionalTests.Commands;

public sealed class ExportTests : IDisposable
{
    private const string Forever = "--Collector:RetentionPeriod=forever";

    private static readonly string[] Lines =
    [
        """{"id":"11","type":"PushEvent","actor":{"id":7,"login":"ann"},"repo":{"id":1,"name":"octo/one"},"payload":{"push_id":1,"text":"a \"quoted\", comma,\nüñí \ud83e\udd80"},"public":true,"created_at":"2026-01-01T00:00:00Z","org":{"id":9,"login":"octo"}}""",
        """{"id":"12","type":"WatchEvent","actor":{"id":8,"login":"bob"},"repo":{"id":2,"name":"octo/two"},"payload":{"action":"started"},"public":true,"created_at":"2026-01-01T01:00:00Z"}""",
        """{"id":"13","type":"PushEvent","actor":{"id":8,"login":"bob"},"repo":{"id":1,"name":"octo/renamed"},"payload":{},"public":true,"created_at":"2026-01-02T00:00:00.250Z"}""",
        """{"type":"WatchEvent","actor":"old","actor_attributes":{"login":"old"},"repository":{"id":3,"name":"three","owner":"octo","url":"https://github.com/octo/three"},"public":true,"payload":{"action":"started"},"created_at":"2012/03/10 12:34:56 -0800"}""",
    ];

    /// <summary>Oldest first: the order of every export.</summary>
    private static readonly string[] InOrder = [Lines[3], Lines[0], Lines[1], Lines[2]];

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task What_was_imported_comes_out_byte_for_byte_in_the_order_of_time()
    {
        await ImportAsync();

        var (exit, output, errors) = await ExportAsync();

        Assert.Equal(0, exit);
        Assert.Equal(InOrder, output.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.Contains("4 events exported.", errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Repositories_go_by_every_name_they_bore_and_types_and_times_narrow()
    {
        await ImportAsync();

        Assert.Equal([Lines[0], Lines[2]], await LinesAsync("--repository", "octo/one"));
        Assert.Equal([Lines[3], Lines[0], Lines[2]], await LinesAsync("--repository", "Octo/Renamed", "--repository", "octo/three"));
        Assert.Equal([Lines[3], Lines[1]], await LinesAsync("--event-type", "WatchEvent"));
        Assert.Equal([Lines[1]], await LinesAsync("--since", "2026-01-01T00:00:01Z", "--until", "2026-01-02"));
        Assert.Empty(await LinesAsync("--since", "2026-02-01"));

        var (exit, output, errors) = await ExportAsync("--repository", "octo/nobody");
        Assert.Equal((1, ""), (exit, output));
        Assert.Contains("octo/nobody (--repository) is unknown", errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_hour_of_GH_Archive_exported_and_imported_again_is_the_same()
    {
        var hour = RecordedData.Path("gharchive/2015-01-01-0.json.gz");
        Assert.Equal(0, (await RepoPulseProcess.RunAsync("import", hour, Forever, _folder.Database)).ExitCode);
        var first = _folder.File("first.json.gz");
        Assert.Equal(0, (await ExportAsync("--output", first)).ExitCode);

        var other = $"--Storage:ConnectionString=Data Source={_folder.File("other.db")}";
        var (exit, summary, _) = await RepoPulseProcess.RunAsync("import", first, Forever, other);
        Assert.Equal(0, exit);
        Assert.Contains("malformed lines skipped:         0", summary, StringComparison.Ordinal);
        var second = _folder.File("second.json");
        Assert.Equal(0, (await RepoPulseProcess.RunAsync("export", "--output", second, other)).ExitCode);

        Assert.Equal(await ReadAsync(first), await File.ReadAllTextAsync(second));
        Assert.Equal(
            (await ReadAsync(hour)).Split('\n', StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal),
            (await ReadAsync(first)).Split('\n', StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("events.csv", "read_csv('{0}', all_varchar = false)")]
    [InlineData("events.csv.gz", "read_csv('{0}')")]
    [InlineData("events.parquet", "read_parquet('{0}')")]
    public async Task Another_program_reads_the_columns(string name, string read)
    {
        await ImportAsync();
        var file = _folder.File(name);
        Assert.Equal(0, (await ExportAsync("--output", file)).ExitCode);

        using var duck = new DuckDBConnection("Data Source=:memory:");
        await duck.OpenAsync();
        var from = string.Format(CultureInfo.InvariantCulture, read, file);
        Assert.Equal(
            [
                "WatchEvent|1331411696000000|true|3|octo/three|null|old|null|null|started",
                "PushEvent|1767225600000000|true|1|octo/one|7|ann|9|octo|null",
                "WatchEvent|1767229200000000|true|2|octo/two|8|bob|null|null|started",
                "PushEvent|1767312000250000|true|1|octo/renamed|8|bob|null|null|null",
            ],
            await RowsAsync(
                duck, $"SELECT type, epoch_us(created_at::TIMESTAMP), public, repo_id, repo_name, actor_id, actor_login, org_id, " +
                    $"org_login, payload::VARCHAR::JSON->>'action' FROM {from} ORDER BY created_at"));
        Assert.Equal(["a \"quoted\", comma,\nüñí 🦀"], await RowsAsync(duck, $"SELECT payload::JSON->>'text' FROM {from} WHERE id = '11'"));
    }

    [Fact]
    public async Task Parquet_has_types()
    {
        await ImportAsync();
        var file = _folder.File("events.parquet");
        Assert.Equal(0, (await ExportAsync("--format", "parquet", "--output", file)).ExitCode);

        using var duck = new DuckDBConnection("Data Source=:memory:");
        await duck.OpenAsync();
        Assert.Equal(
            ["id VARCHAR", "type VARCHAR", "created_at TIMESTAMP WITH TIME ZONE", "public BOOLEAN", "repo_id BIGINT", "repo_name VARCHAR", "actor_id BIGINT", "actor_login VARCHAR", "org_id BIGINT", "org_login VARCHAR", "payload VARCHAR"],
            (await RowsAsync(duck, $"SELECT column_name, column_type FROM (DESCRIBE SELECT * FROM '{file}')")).Select(
                row => row.Replace('|', ' ')));
    }

    private static async Task<List<string>> RowsAsync(DuckDBConnection duck, string sql)
    {
        using var command = duck.CreateCommand();
        command.CommandText = sql;
        using var reader = await command.ExecuteReaderAsync();
        var rows = new List<string>();
        while (await reader.ReadAsync())
            rows.Add(string.Join('|', Enumerable.Range(0, reader.FieldCount).Select(i => Show(reader.GetValue(i)))));
        return rows;
    }

    private static string Show(object value) => value switch
    {
        DBNull => "null",
        bool flag => flag ? "true" : "false",
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };

    private static async Task<string> ReadAsync(string file)
    {
        await using var gzip = new GZipStream(File.OpenRead(file), CompressionMode.Decompress);
        using var reader = new StreamReader(gzip, Encoding.UTF8);
        return await reader.ReadToEndAsync();
    }

    private async Task ImportAsync()
    {
        var file = _folder.File("archive.json");
        await File.WriteAllLinesAsync(file, Lines);
        var (exit, _, errors) = await RepoPulseProcess.RunAsync("import", file, Forever, _folder.Database);
        Assert.True(exit == 0, errors);
    }

    private Task<(int ExitCode, string Output, string Errors)> ExportAsync(params string[] arguments) =>
        RepoPulseProcess.RunAsync(["export", .. arguments, _folder.Database]);

    private async Task<string[]> LinesAsync(params string[] arguments)
    {
        var (exit, output, errors) = await ExportAsync(arguments);
        Assert.True(exit == 0, errors);
        return output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}
