using System.Text.RegularExpressions;
using RepoPulse.Commands;
using RepoPulse.Configuration.Schema;
using RepoPulse.Configuration.Sources;
using RepoPulse.UnitTests.Commands;

namespace RepoPulse.UnitTests.Deployment;

/// <summary><c>docs/operations.md</c> names nothing that is not there.</summary>
public sealed partial class OperationsGuideTests
{
    private static readonly string Guide = DeploymentFiles.Read("docs/operations.md");

    [Fact]
    public void Every_command_that_it_names_is_one()
    {
        using var fixture = new CommandLineFixture();
        var commands = RepoPulseCommands.Create(new CommandRunner(fixture.Context, SettingsOptions.Extract([])), fixture.Handlers).Subcommands.Select(command => command.Name);

        Assert.Empty(CommandPattern().Matches(Guide).Select(match => match.Groups["command"].Value).Except(commands));
    }

    [Fact]
    public void Every_setting_that_it_names_is_one() =>
        Assert.Empty(KeyPattern().Matches(Guide).Select(match => match.Groups["key"].Value).Except(SettingsSchema.Keys));

    [Fact]
    public void It_explains_every_instrument_there_is_and_no_other()
    {
        var made = Directory.EnumerateFiles(Path.Combine(RepositoryRoot.Path, "src"), "*Metrics.cs", SearchOption.AllDirectories)
            .SelectMany(file => InstrumentPattern().Matches(File.ReadAllText(file)).Select(match => match.Groups["name"].Value));

        Assert.Equal(made.Order(StringComparer.Ordinal), ExplainedPattern().Matches(Guide).Select(match => match.Groups["name"].Value).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Every_file_that_it_links_to_is_there() =>
        Assert.All(
            LinkPattern().Matches(Guide).Select(match => match.Groups["path"].Value),
            path => Assert.True(Path.Exists(Path.Combine(RepositoryRoot.Path, "docs", path)), path));

    [GeneratedRegex("""(?:`|/)repopulse (?<command>[a-z]+)""", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex CommandPattern();

    [GeneratedRegex("""(?:`|--)(?<key>[A-Z][A-Za-z]+:[A-Z][A-Za-z:]+)""", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex KeyPattern();

    [GeneratedRegex("\"(?<name>repopulse\\.[a-z0-9._]+)\"", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex InstrumentPattern();

    [GeneratedRegex("`(?<name>repopulse\\.(?:collector|github|aggregator|repository|api|kafka)[a-z0-9._]+)`", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex ExplainedPattern();

    [GeneratedRegex("""\]\((?<path>[^:)#]+)\)""", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex LinkPattern();
}
