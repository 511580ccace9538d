using System.Globalization;
using RepoPulse.FunctionalTests.Processes;

namespace RepoPulse.FunctionalTests.Telemetry;

/// <summary>
/// Databases of ten events, a minute apart, of each repository. Imported once and copied: a process takes longer to start than to import
/// them.
/// </summary>
public sealed class ImportedDatabases : IAsyncLifetime
{
    internal const string Forever = "--Collector:RetentionPeriod=forever";

    private readonly TemporaryFolder _folder = new();
    private int _copies;

    public async ValueTask InitializeAsync()
    {
        await ImportAsync("pulse", "octo/pulse");
        await ImportAsync("both", "octo/pulse", "secret/plan");
    }

    /// <summary>The setting that names a database of <c>octo/pulse</c> that nobody else writes to.</summary>
    public string Pulse() => Copy("pulse");

    /// <summary>As <see cref="Pulse"/>, with <c>secret/plan</c> too.</summary>
    public string WithSecret() => Copy("both");

    public ValueTask DisposeAsync()
    {
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }

    private static string Setting(string file) => $"--Storage:ConnectionString=Data Source={file}";

    private string Copy(string name)
    {
        var copy = $"copy{Interlocked.Increment(ref _copies)}";
        foreach (var file in Directory.GetFiles(_folder.Path, $"{name}.db*"))
            File.Copy(file, _folder.File(copy + Path.GetFileName(file)[name.Length..]));
        return Setting(_folder.File($"{copy}.db"));
    }

    private async Task ImportAsync(string name, params string[] repositories)
    {
        var file = _folder.File($"{name}.json");
        var lines = repositories.SelectMany((repository, i) => Enumerable.Range(0, 10).Select(n => string.Create(
            CultureInfo.InvariantCulture,
            $$"""{"id":"{{i * 10 + n + 1}}","type":"PushEvent","actor":{"id":1,"login":"u"},"repo":{"id":{{i + 1}},"name":"{{repository}}"},"payload":{},"public":true,"created_at":"{{new DateTime(2026, 1, 1, 0, n, 0, DateTimeKind.Utc):yyyy-MM-ddTHH:mm:ssZ}}"}""")));
        await File.WriteAllLinesAsync(file, lines);
        var (exit, _, errors) = await RepoPulseProcess.RunAsync("import", file, Forever, Setting(_folder.File($"{name}.db")));
        Assert.True(exit == 0, errors);
    }
}
