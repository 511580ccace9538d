using Microsoft.Extensions.DependencyInjection;
using RepoPulse.Commands;
using RepoPulse.Commands.Export;
using RepoPulse.Sql.Sqlite;

namespace RepoPulse.UnitTests.Commands.Export;

public sealed class ExportInterruptionTests : IDisposable
{
    private readonly CommandLineFixture _fixture = new();
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("repopulse-test-");

    private string ConnectionString => $"Data Source={Path.Combine(_folder.FullName, "repopulse.db")}";

    public void Dispose()
    {
        _fixture.Dispose();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task Interrupted_while_nobody_reads_its_output_an_export_ends_with_the_signals_code()
    {
        await AppendAsync(2_000);
        using var nobodyReads = new NobodyReads();
        var context = _fixture.Context with { OpenOutput = () => nobodyReads };

        var export = CommandLine.InvokeAsync(["export", $"--Storage:ConnectionString={ConnectionString}"], context, new CommandHandlers());
        await nobodyReads.Written;
        _fixture.Termination.Request(143);

        Assert.Equal(143, await export);
    }

    [Fact]
    public async Task An_interrupted_export_leaves_no_file()
    {
        await AppendAsync(1);
        var request = new ExportRequest { Format = ExportFormat.Parquet, File = Path.Combine(_folder.FullName, "events.parquet") };
        _fixture.Termination.Request(130);

        Assert.Equal(130, await CommandLine.InvokeAsync(
            ["export", "--output", request.File, $"--Storage:ConnectionString={ConnectionString}"],
            _fixture.Context,
            new CommandHandlers()));

        Assert.DoesNotContain(_folder.GetFiles(), file => file.Name.Contains("events", StringComparison.Ordinal));
    }

    private async Task AppendAsync(int count)
    {
        await using var services = new ServiceCollection()
            .AddSingleton(TimeProvider.System)
            .AddLogging()
            .AddSqliteStorage(ConnectionString)
            .BuildServiceProvider();
        var at = new DateTimeOffset(2026, 11, 23, 0, 0, 0, TimeSpan.Zero);
        GitHubEvent[] events =
        [
            .. Enumerable.Range(1, count).Select(id => new GitHubEvent
            {
                Key = new(EventId.FromGitHub(id), at.AddSeconds(id)),
                Type = EventType.Parse("PushEvent"),
                RepositoryId = new(1),
                Repository = RepositoryName.Parse("a/b"),
                Json = new byte[1_000].AsMemory(),
            }),
        ];
        await services.GetRequiredService<IEventLogWriter>().AppendAsync(events, EventSource.Import, TestContext.Current.CancellationToken);
    }

    /// <summary>A pipe whose other end is held open and never read.</summary>
    private sealed class NobodyReads : MemoryStream
    {
        private readonly TaskCompletionSource _written = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly ManualResetEventSlim _over = new();

        public Task Written => _written.Task;

        public override void Write(byte[] buffer, int offset, int count)
        {
            _written.TrySetResult();
            _over.Wait();
        }

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            Write([], 0, 0);
            return ValueTask.CompletedTask;
        }

        protected override void Dispose(bool disposing)
        {
            _over.Set();
            base.Dispose(disposing);
        }
    }
}
