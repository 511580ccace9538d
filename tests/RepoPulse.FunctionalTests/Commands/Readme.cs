using RepoPulse.FunctionalTests.Processes;

namespace RepoPulse.FunctionalTests.Commands;

internal static class Readme
{
    /// <summary>The code that follows the mark of an example.</summary>
    public static string Snippet(string example)
    {
        var marked = File.ReadAllText(Path.Combine(ForeignProgram.RepositoryRoot, "README.md")).Split($"<!-- {example}-example -->")[1];
        return marked.Split("```")[1].Split('\n', 2)[1];
    }
}
