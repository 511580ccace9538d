using System.Text.Json;
using System.Text.RegularExpressions;

namespace RepoPulse.UnitTests.Deployment;

/// <summary>Reads out of the deployment files what they ask of the program: as much of each form as these files use.</summary>
internal static partial class DeploymentFiles
{
    public const string Program = "/opt/repopulse/repopulse";

    public static IReadOnlyList<string> ComposeFiles { get; } = ["compose.yaml", "compose.kafka.yaml"];

    public static string Read(string file) => File.ReadAllText(Path.Combine(RepositoryRoot.Path, file));

    public static IReadOnlyList<Invocation> All() => [.. Image(), .. ComposeFiles.SelectMany(Compose), .. Units()];

    /// <summary>The parts of a composition that run the program.</summary>
    public static IEnumerable<string> ComposeServices(string file) =>
        Read(file).Split("\n\n").Where(part => part.Contains("<<: *service", StringComparison.Ordinal));

    public static string[] HealthCheck()
    {
        var command = Array(HealthCheckPattern().Match(Read("Dockerfile")));
        Assert.Equal(Array(EntryPointPattern().Match(Read("Dockerfile"))), command[..1]);
        return command[1..];
    }

    private static IEnumerable<Invocation> Image()
    {
        var text = Read("Dockerfile");
        yield return new("Dockerfile", Array(CommandPattern().Match(text)), ImageEnvironment(text));
    }

    private static IEnumerable<Invocation> Compose(string file)
    {
        var image = ImageEnvironment(Read("Dockerfile"));
        foreach (var service in ComposeServices(file))
        {
            var own = ComposeVariablePattern()
                .Matches(service)
                .ToDictionary(match => match.Groups["name"].Value, match => match.Groups["value"].Value, StringComparer.Ordinal);
            yield return new(file, Array(ComposeCommandPattern().Match(service)), image.Concat(own).ToDictionary(StringComparer.Ordinal));
        }
    }

    private static IEnumerable<Invocation> Units()
    {
        foreach (var file in Directory
            .EnumerateFiles(Path.Combine(RepositoryRoot.Path, "deploy/systemd"), "*.service")
            .Order(StringComparer.Ordinal))
        {
            var text = File.ReadAllText(file);
            var start = StartPattern().Match(text).Groups["command"].Value.Split(' ');
            Assert.Equal(Program, start[0]);
            yield return new(
                Path.GetFileName(file), start[1..],
                UnitVariablePattern()
                    .Matches(text)
                    .ToDictionary(match => match.Groups["name"].Value, match => match.Groups["value"].Value, StringComparer.Ordinal));
        }
    }

    private static Dictionary<string, string> ImageEnvironment(string text) =>
        ImageVariablePattern()
            .Matches(text)
            .ToDictionary(match => match.Groups["name"].Value, match => match.Groups["value"].Value, StringComparer.Ordinal);

    private static string[] Array(Match match) =>
        [.. JsonDocument.Parse(match.Groups["array"].Value).RootElement.EnumerateArray().Select(item => item.GetString()!)];

    [GeneratedRegex("""^ENTRYPOINT (?<array>\[.*\])$""", RegexOptions.Multiline, matchTimeoutMilliseconds: 1000)]
    private static partial Regex EntryPointPattern();

    [GeneratedRegex("""^CMD (?<array>\[.*\])$""", RegexOptions.Multiline, matchTimeoutMilliseconds: 1000)]
    private static partial Regex CommandPattern();

    [GeneratedRegex("""^HEALTHCHECK [^\n]*\\\n +CMD (?<array>\[.*\])$""", RegexOptions.Multiline, matchTimeoutMilliseconds: 1000)]
    private static partial Regex HealthCheckPattern();

    [GeneratedRegex("""^(?:ENV| ) +(?<name>REPOPULSE__\w+)=(?<value>\S+)""", RegexOptions.Multiline, matchTimeoutMilliseconds: 1000)]
    private static partial Regex ImageVariablePattern();

    [GeneratedRegex("""^    command: (?<array>\[.*\])$""", RegexOptions.Multiline, matchTimeoutMilliseconds: 1000)]
    private static partial Regex ComposeCommandPattern();

    [GeneratedRegex("""^      (?<name>REPOPULSE__\w+): (?<value>.+)$""", RegexOptions.Multiline, matchTimeoutMilliseconds: 1000)]
    private static partial Regex ComposeVariablePattern();

    [GeneratedRegex("^ExecStart=(?<command>.+)$", RegexOptions.Multiline, matchTimeoutMilliseconds: 1000)]
    private static partial Regex StartPattern();

    [GeneratedRegex("^Environment=(?<name>REPOPULSE__[^=]+)=(?<value>.+)$", RegexOptions.Multiline, matchTimeoutMilliseconds: 1000)]
    private static partial Regex UnitVariablePattern();
}
