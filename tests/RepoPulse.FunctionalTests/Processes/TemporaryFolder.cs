namespace RepoPulse.FunctionalTests.Processes;

internal sealed class TemporaryFolder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("repopulse-test-");

    public string Path => _folder.FullName;

    public string Database => $"--Storage:ConnectionString=Data Source={File("repopulse.db")}";

    public string File(string name) => System.IO.Path.Combine(Path, name);

    public void Dispose() => _folder.Delete(recursive: true);
}
