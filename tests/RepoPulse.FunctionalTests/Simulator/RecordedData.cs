namespace RepoPulse.FunctionalTests.Simulator;

/// <summary>Finds the recorded data that is no part of the project; skips the test where it is absent, and fails it in CI.</summary>
internal static class RecordedData
{
    public static string Path(string relative)
    {
        var path = Folder() is { } folder ? System.IO.Path.Combine(folder, relative) : null;
        if (path is not null && (File.Exists(path) || Directory.Exists(path)))
            return path;
        var message = $"The recorded data '{relative}' is not there; set REPOPULSE_TEST_DATA to its folder.";
        Assert.False(Environment.GetEnvironmentVariable("CI") == "true", message);
        Assert.Skip(message);
        return "";
    }

    private static string? Folder()
    {
        if (Environment.GetEnvironmentVariable("REPOPULSE_TEST_DATA") is { Length: > 0 } configured)
            return configured;
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(System.IO.Path.Combine(folder.FullName, "RepoPulse.slnx")))
            folder = folder.Parent;
        return folder is null ? null : System.IO.Path.Combine(folder.FullName, "..", "shared", "data");
    }
}
