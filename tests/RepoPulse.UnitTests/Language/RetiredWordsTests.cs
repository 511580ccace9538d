using System.Text.RegularExpressions;

namespace RepoPulse.UnitTests.Language;

/// <summary>docs/glossary.md has one word for each idea. Words that the tree no longer uses do not come back.</summary>
public sealed partial class RetiredWordsTests
{
    private static readonly string[] Folders = ["src", "tests", "bench", "deploy", "eng", "docs"];

    private static readonly string[] Extensions = [".cs", ".md", ".ts", ".tsx", ".js", ".html", ".css", ".sql", ".yml", ".sh", ".csproj"];

    private static readonly string[] Built = ["bin", "obj", "node_modules", "dist", "TestResults"];

    [Fact]
    public void No_source_and_no_document_uses_a_retired_word()
    {
        var found = Folders.SelectMany(folder => Files(Path.Combine(RepositoryRoot.Path, folder)))
            .Append(Path.Combine(RepositoryRoot.Path, "README.md"))
            .SelectMany(file => File
                .ReadLines(file)
                .Select((line, i) => (File: Path.GetRelativePath(RepositoryRoot.Path, file), Line: i + 1, Text: line)))
            // This file alone names them.
            .Where(at => Path.GetFileName(at.File) != nameof(RetiredWordsTests) + ".cs")
            .Where(at => RetiredPattern().IsMatch(at.Text))
            .Select(at => $"{at.File}:{at.Line}: {at.Text.Trim()}");

        Assert.Empty(found);
    }

    [Theory]
    [InlineData("What a webhook told of", true)]
    [InlineData("It is read anew.", true)]
    [InlineData("Whoever reads", true)]
    [InlineData("what can be vouched for", true)]
    [InlineData("How a repository breathes", true)]
    [InlineData("An_event_is_told_once", true)]
    [InlineData("Intelligible, bold and satellites", false)]
    public void The_pattern_finds_whole_words(string text, bool isRetired) => Assert.Equal(isRetired, RetiredPattern().IsMatch(text));

    private static IEnumerable<string> Files(string folder) => Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
        .Where(file => Extensions.Contains(Path.GetExtension(file), StringComparer.Ordinal))
        .Where(file => !Path.GetRelativePath(folder, file)
            .Split(Path.DirectorySeparatorChar)
            .Any(part => Built.Contains(part, StringComparer.Ordinal)));

    [GeneratedRegex(
        @"(?<![A-Za-z0-9])(told|untold|tells?|telling|vouch\w*|breath\w*|anew|lest|seldom|whoever|happenings?)(?![A-Za-z0-9])",
        RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex RetiredPattern();
}
