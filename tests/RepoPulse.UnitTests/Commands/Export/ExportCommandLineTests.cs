using RepoPulse.Commands.Export;

namespace RepoPulse.UnitTests.Commands.Export;

public sealed class ExportCommandLineTests : IDisposable
{
    private readonly CommandLineFixture _fixture = new();

    public void Dispose() => _fixture.Dispose();

    [Fact]
    public async Task Every_option_is_handed_over()
    {
        Assert.Equal(0, await _fixture.InvokeAsync(
            "export", "--format", "csv", "--repository", "a/b", "--repository=c/d", "--event-type", "PushEvent", "--event-type",
            "ForkEvent",
            "--since", "2026-11-23", "--until", "2026-11-23T09:30:00.5+02:00", "--output", "events.txt"));

        var request = _fixture.Handlers.Export!;
        Assert.Equal((ExportFormat.Csv, "events.txt"), (request.Format, request.File));
        Assert.Equal([RepositoryName.Parse("a/b"), RepositoryName.Parse("c/d")], request.Repositories);
        Assert.Equal([EventType.Parse("PushEvent"), EventType.Parse("ForkEvent")], request.Types);
        Assert.Equal(new DateTimeOffset(2026, 11, 23, 0, 0, 0, TimeSpan.Zero), request.Since);
        Assert.Equal(new DateTimeOffset(2026, 11, 23, 7, 30, 0, 500, TimeSpan.Zero), request.Until);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(0, "--Storage:ConnectionString=Data Source=archive.db")]
    public async Task Over_Kafka_the_archive_must_be_named(int exitCode, params string[] storage)
    {
        Assert.Equal(
            exitCode, await _fixture.InvokeAsync(["export", "--EventLog:Provider=Kafka", "--Kafka:BootstrapServers=k:9092", .. storage]));

        Assert.Equal(exitCode == 0, _fixture.Handlers.Export is not null);
        Assert.Equal(exitCode != 0, _fixture.Error.ToString().Contains("Storage:ConnectionString", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(ExportFormat.Ndjson, null)]
    [InlineData(ExportFormat.Ndjson, "-")]
    [InlineData(ExportFormat.Ndjson, "events")]
    [InlineData(ExportFormat.Ndjson, "events.json.gz")]
    [InlineData(ExportFormat.Csv, "events.csv")]
    [InlineData(ExportFormat.Csv, "events.CSV.gz")]
    [InlineData(ExportFormat.Parquet, "events.parquet")]
    public async Task Without_a_format_the_name_of_the_file_decides_it(object format, string? file)
    {
        Assert.Equal(0, await _fixture.InvokeAsync(file is null ? ["export"] : ["export", "--output", file]));

        Assert.Equal((ExportFormat)format, _fixture.Handlers.Export!.Format);
        Assert.Equal(file == "-" ? null : file, _fixture.Handlers.Export.File);
    }

    [Theory]
    [InlineData("--format", "xml")]
    [InlineData("--format", "2")]
    [InlineData("--repository", "nonsense")]
    [InlineData("--event-type", "Push Event")]
    [InlineData("--since", "yesterday")]
    [InlineData("--until", "2026-11-23T07:00:00")]
    [InlineData("--until", "2026-13-01")]
    [InlineData("--since", "2026-11-24", "--until", "2026-11-23")]
    [InlineData("--output", "/")]
    [InlineData("--output", "events.parquet.gz", "--format", "parquet")]
    [InlineData("--format", "parquet")]
    public async Task A_wrong_value_ends_with_2_and_names_the_option(string option, params string[] rest)
    {
        Assert.Equal(2, await _fixture.InvokeAsync(["export", option, .. rest]));

        Assert.Null(_fixture.Handlers.Called);
        Assert.Contains(option, _fixture.Error.ToString(), StringComparison.Ordinal);
        Assert.Contains("See 'repopulse export --help'.", _fixture.Error.ToString(), StringComparison.Ordinal);
    }
}
