using System.Xml.Linq;

namespace RepoPulse.UnitTests.Architecture;

/// <summary>docs/architecture.md says which project may use which. The project files must not say otherwise.</summary>
public sealed class DependencyRuleTests
{
    private static readonly Dictionary<string, string[]> Allowed = new(StringComparer.Ordinal)
    {
        ["RepoPulse.Events"] = [],
        ["RepoPulse.GitHub"] = ["RepoPulse.Events"],
        ["RepoPulse.Statistics"] = ["RepoPulse.Events"],
        ["RepoPulse.Sql"] = ["RepoPulse.Events"],
        ["RepoPulse.Kafka"] = ["RepoPulse.Events", "RepoPulse.Statistics"],
        ["RepoPulse.Collector"] = ["RepoPulse.Events", "RepoPulse.GitHub"],
        ["RepoPulse.Api"] = ["RepoPulse.Events", "RepoPulse.Statistics"],
        ["RepoPulse"] =
        [
            "RepoPulse.Api", "RepoPulse.Collector", "RepoPulse.Events", "RepoPulse.GitHub", "RepoPulse.Kafka", "RepoPulse.Sql", "RepoPulse.Statistics",
        ],
    };

    public static TheoryData<string> SourceProjects()
        => [.. Directory.EnumerateFiles(Path.Combine(RepositoryRoot.Path, "src"), "*.csproj", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(RepositoryRoot.Path, file))];

    [Theory]
    [MemberData(nameof(SourceProjects))]
    public void A_project_uses_only_the_projects_that_the_rule_allows(string project)
    {
        var name = Path.GetFileNameWithoutExtension(project);
        Assert.True(Allowed.ContainsKey(name), $"{name} has no place in the dependency rule: add it to docs/architecture.md and to this test.");

        var used = Load(project).Descendants("ProjectReference").Select(reference => Path.GetFileNameWithoutExtension((string)reference.Attribute("Include")!));

        Assert.Empty(used.Except(Allowed[name]));
    }

    [Fact]
    public void The_events_project_uses_the_base_library_only()
    {
        var project = Load(Path.Combine("src", "RepoPulse.Events", "RepoPulse.Events.csproj"));

        Assert.Empty(project.Descendants("PackageReference"));
        Assert.Empty(project.Descendants("FrameworkReference"));
    }

    [Theory]
    [MemberData(nameof(SourceProjects))]
    public void A_source_project_is_checked_for_trimming_and_native_compilation(string project)
    {
        // Switched on for all of them in src/Directory.Build.props; no project may switch it off again.
        Assert.Empty(Load(project).Descendants("IsAotCompatible"));
        Assert.Contains(Load(Path.Combine("src", "Directory.Build.props")).Descendants("IsAotCompatible"), element => element.Value == "true");
    }

    private static XDocument Load(string relativePath) => XDocument.Load(Path.Combine(RepositoryRoot.Path, relativePath));
}
