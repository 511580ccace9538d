namespace RepoPulse.UnitTests;

/// <summary>
/// Where the recorded data lies: <c>REPOPULSE_TEST_DATA</c>, else <c>shared/data</c> beside the repository. A test that asks for it where
/// there is none is skipped, and fails where the environment variable <c>CI</c> is true.
/// </summary>
internal static class TestData
{
    public static string PathTo(string relative)
    {
        var root = Environment.GetEnvironmentVariable("REPOPULSE_TEST_DATA") is { Length: > 0 } given ? given : BesideRepository();
        if (root is not null && Directory.Exists(root))
            return Path.Combine(root, relative);
        const string Message = "The recorded data is not here: set REPOPULSE_TEST_DATA to its folder.";
        if (string.Equals(Environment.GetEnvironmentVariable("CI"), "true", StringComparison.OrdinalIgnoreCase))
            Assert.Fail(Message);
        Assert.Skip(Message);
        return "";
    }

    public static IReadOnlyList<string> FilesIn(string relative, string pattern) =>
        [.. Directory.EnumerateFiles(PathTo(relative), pattern).Order(StringComparer.Ordinal)];

    private static string? BesideRepository()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "RepoPulse.slnx")))
            folder = folder.Parent;
        return folder?.Parent is { } parent ? Path.Combine(parent.FullName, "shared", "data") : null;
    }
}
