using System.Text.RegularExpressions;
using RepoPulse.Commands;
using RepoPulse.Configuration;
using RepoPulse.UnitTests.Commands;

namespace RepoPulse.UnitTests.Deployment;

/// <summary>The README and the documents for operators name nothing that is not there.</summary>
public sealed partial class OperationsGuideTests
{
    private static readonly string[] Pages =
    [
        "README.md", "docs/api.md", "docs/completeness.md", "docs/install.md", "docs/kafka.md", "docs/monitoring.md", "docs/operations.md",
        "docs/performance.md", "docs/postgres.md", "docs/security.md", "docs/tokens.md", "docs/webhooks.md",
    ];

    private static readonly string Guide = string.Concat(Pages.Select(DeploymentFiles.Read));

    [Fact]
    public void Every_command_that_it_names_is_one()
    {
        using var fixture = new CommandLineFixture();
        var commands =
            RepoPulseCommands.Create(new CommandRunner(fixture.Context, SettingsOptions.Extract([])), fixture.Handlers).Subcommands.Select(
                command => command.Name);

        Assert.Empty(CommandPattern().Matches(Guide).Select(match => match.Groups["command"].Value).Except(commands));
    }

    [Fact]
    public void Every_setting_that_it_names_is_one() =>
        Assert.All(
            KeyPattern().Matches(Guide).Select(match => match.Groups["key"].Value),
            named => Assert.Contains(SettingsSchema.Keys, key => key == named || key.StartsWith($"{named}:", StringComparison.Ordinal)));

    [Fact]
    public void It_explains_every_instrument_there_is_and_no_other()
    {
        var made = Directory.EnumerateFiles(Path.Combine(RepositoryRoot.Path, "src"), "*Metrics.cs", SearchOption.AllDirectories)
            .SelectMany(file => InstrumentPattern().Matches(File.ReadAllText(file)).Select(match => match.Groups["name"].Value));

        Assert.Equal(made.Order(StringComparer.Ordinal), ExplainedPattern()
            .Matches(DeploymentFiles.Read("docs/monitoring.md"))
            .Select(match => match.Groups["name"].Value)
            .Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Documents))]
    public void Every_file_and_heading_that_it_links_to_is_there(string page)
    {
        var folder = Path.GetDirectoryName(Path.Combine(RepositoryRoot.Path, page))!;
        foreach (Match link in LinkPattern().Matches(DeploymentFiles.Read(page)))
        {
            var (path, heading) = (link.Groups["path"].Value, link.Groups["heading"].Value);
            var target = path.Length == 0 ? Path.Combine(RepositoryRoot.Path, page) : Path.Combine(folder, path);
            Assert.True(Path.Exists(target), $"{page} links to {path}");
            if (heading.Length > 0)
                Assert.Contains(heading, File.ReadLines(target).Where(line => line.StartsWith('#')).Select(Anchor));
        }
    }

    public static TheoryData<string> Documents() =>
    [
        "README.md", "CONTRIBUTING.md",
        .. Directory.EnumerateFiles(Path.Combine(RepositoryRoot.Path, "docs"), "*.md", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(RepositoryRoot.Path, file)).Order(StringComparer.Ordinal),
    ];

    /// <summary>As GitHub makes it of a heading.</summary>
    private static string Anchor(string heading) =>
        string
            .Concat(heading.TrimStart('#').Trim().ToLowerInvariant().Where(c => char.IsLetterOrDigit(c) || c is ' ' or '-' or '_'))
            .Replace(' ', '-');

    [GeneratedRegex("""(?:`|/)repopulse (?<command>[a-z]+)""", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex CommandPattern();

    [GeneratedRegex("""(?:`|--)(?<key>[A-Z][A-Za-z]+:[A-Z][A-Za-z:]+)""", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex KeyPattern();

    [GeneratedRegex("\"(?<name>repopulse\\.[a-z0-9._]+)\"", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex InstrumentPattern();

    [GeneratedRegex(
        "`(?<name>repopulse\\.(?:collector|github|aggregator|repository|api|kafka)[a-z0-9._]+)`",
        RegexOptions.None,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex ExplainedPattern();

    [GeneratedRegex("""\]\((?<path>[^:)#]*)(?:#(?<heading>[^)]+))?\)""", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex LinkPattern();
}
