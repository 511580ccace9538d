namespace RepoPulse.UnitTests.Architecture;

/// <summary>A line of code or comment has at most 140 characters (<c>max_line_length</c> of <c>.editorconfig</c>).</summary>
public sealed class LineLengthTests
{
    private const int MaxLength = 140;

    [Theory]
    [InlineData("src")]
    [InlineData("tests")]
    [InlineData("bench")]
    public void Only_text_that_a_break_would_change_is_longer(string folder) =>
        Assert.Empty(Directory.EnumerateFiles(Path.Combine(RepositoryRoot.Path, folder), "*.cs", SearchOption.AllDirectories)
            .Where(file => !file.Split(Path.DirectorySeparatorChar).Any(part => part is "obj" or "bin" or "node_modules"))
            .SelectMany(file => TooLong(File.ReadAllLines(file)).Select(line => $"{Path.GetRelativePath(RepositoryRoot.Path, file)}:{line}")));

    [Fact]
    public void Code_and_comments_are_found_and_text_is_not()
    {
        var letters = new string('x', MaxLength);

        Assert.Equal([1, 2], TooLong([$"// {letters}", $"a.{letters}()", $"\"{letters}\"", "\"\"\"", letters, "\"\"\""]));
    }

    private static IEnumerable<int> TooLong(string[] lines)
    {
        var isRawText = false;
        for (var i = 0; i < lines.Length; i++)
        {
            var holdsText = isRawText || (lines[i].Contains('"', StringComparison.Ordinal) && !lines[i].TrimStart().StartsWith("//", StringComparison.Ordinal));
            if (lines[i].Length > MaxLength && !holdsText)
                yield return i + 1;
            isRawText ^= lines[i].Split("\"\"\"").Length % 2 == 0;
        }
    }
}
