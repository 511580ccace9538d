namespace RepoPulse.UnitTests;

/// <summary>The checkout that the tests run from.</summary>
internal static class RepositoryRoot
{
    public static string Path { get; } = Find();

    private static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(System.IO.Path.Combine(folder.FullName, "RepoPulse.slnx")))
                return folder.FullName;
        }

        throw new InvalidOperationException($"No RepoPulse.slnx above {AppContext.BaseDirectory}: run the tests from a checkout.");
    }
}
