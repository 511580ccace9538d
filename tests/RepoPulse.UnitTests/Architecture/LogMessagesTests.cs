using System.Text.RegularExpressions;

namespace RepoPulse.UnitTests.Architecture;

/// <summary>
/// Log messages have one style: partial methods named <c>Log…</c> of the type that logs, each with an event id of its own.
/// </summary>
public sealed partial class LogMessagesTests
{
    [Fact]
    public void Each_has_an_event_id_of_its_own_within_its_type()
    {
        var files = SourceFiles().Select(File.ReadAllText).Where(text => Message().IsMatch(text)).ToList();

        Assert.True(files.Count > 20);
        Assert.All(files, text => Assert.Equal(Enumerable.Range(1, Message().Count(text)), EventIds(text).Order()));
    }

    [Fact]
    public void Each_is_a_method_of_the_type_that_logs() =>
        Assert.All(SourceFiles().Select(File.ReadAllText), text => Assert.Equal(Message().Count(text), Method().Count(text)));

    [Fact]
    public void A_message_without_an_id_is_found() =>
        Assert.Equal([0, 3], EventIds("[LoggerMessage(Level = 1)]\n[LoggerMessage(\n    EventId = 3, Level = 2)]"));

    private static IEnumerable<string> SourceFiles() => Directory
        .EnumerateFiles(Path.Combine(RepositoryRoot.Path, "src"), "*.cs", SearchOption.AllDirectories)
        .Where(file => !file.Split(Path.DirectorySeparatorChar).Any(part => part is "obj" or "bin" or "node_modules"));

    /// <summary>The id of each message; 0 where it has none.</summary>
    private static IEnumerable<int> EventIds(string text) =>
        Message().Matches(text).Select(message => message.Groups["id"] is { Success: true, Value: var id } ? int.Parse(id) : 0);

    [GeneratedRegex(@"\[LoggerMessage\((\s*EventId = (?<id>\d+),)?", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Message();

    [GeneratedRegex(@"^    private (static )?partial void Log\w+\(", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex Method();
}
