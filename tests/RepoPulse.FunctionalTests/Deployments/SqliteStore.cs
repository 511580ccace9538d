using RepoPulse.FunctionalTests.Processes;

namespace RepoPulse.FunctionalTests.Deployments;

/// <summary>One SQLite file.</summary>
internal sealed class SqliteStore : IStore
{
    private readonly TemporaryFolder _folder = new();

    public Task<string[]> SettingsAsync(string command) => Task.FromResult<string[]>([_folder.Database]);

    public ValueTask DisposeAsync()
    {
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }
}
