using RepoPulse.FunctionalTests.Processes;

namespace RepoPulse.FunctionalTests.Commands;

/// <summary>The examples of the README and of the documents.</summary>
internal static class Readme
{
    /// <summary>The code that follows the mark of an example.</summary>
    public static string Snippet(string example)
    {
        var files = Directory.EnumerateFiles(Path.Combine(ForeignProgram.RepositoryRoot, "docs"), "*.md")
            .Prepend(Path.Combine(ForeignProgram.RepositoryRoot, "README.md"));
        var marked = files.Select(File.ReadAllText).SelectMany(text => text.Split($"<!-- {example}-example -->").Skip(1)).Single();
        return marked.Split("```")[1].Split('\n', 2)[1];
    }
}
