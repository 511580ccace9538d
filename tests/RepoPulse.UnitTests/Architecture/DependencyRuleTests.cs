using System.Xml.Linq;

namespace RepoPulse.UnitTests.Architecture;

/// <summary>docs/architecture.md says which project may use which. The project files must not say otherwise.</summary>
public sealed class DependencyRuleTests
{
    private static readonly Dictionary<string, string[]> Allowed = new(StringComparer.Ordinal)
    {
        ["RepoPulse.Core"] = [],
        ["RepoPulse.GitHub"] = ["RepoPulse.Core"],
        ["RepoPulse.Statistics"] = ["RepoPulse.Core"],
        ["RepoPulse.Sql"] = ["RepoPulse.Core"],
        ["RepoPulse.Kafka"] = ["RepoPulse.Core", "RepoPulse.Statistics"],
        ["RepoPulse.Collector"] = ["RepoPulse.Core", "RepoPulse.GitHub"],
        ["RepoPulse.Api"] = ["RepoPulse.Core", "RepoPulse.Statistics"],
        ["RepoPulse.Dashboard"] = ["RepoPulse.Api"],
        ["RepoPulse"] =
        [
            "RepoPulse.Api", "RepoPulse.Collector", "RepoPulse.Core", "RepoPulse.Dashboard", "RepoPulse.GitHub", "RepoPulse.Kafka",
            "RepoPulse.Sql", "RepoPulse.Statistics",
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
        Assert.True(
            Allowed.ContainsKey(name), $"{name} has no place in the dependency rule: add it to docs/architecture.md and to this test.");

        var used = Load(project)
            .Descendants("ProjectReference")
            .Select(reference => Path.GetFileNameWithoutExtension((string)reference.Attribute("Include")!));

        Assert.Empty(used.Except(Allowed[name]));
    }

    [Fact]
    public void The_core_project_uses_the_base_library_only()
    {
        var project = Load(Path.Combine("src", "RepoPulse.Core", "RepoPulse.Core.csproj"));

        Assert.Empty(project.Descendants("PackageReference"));
        Assert.Empty(project.Descendants("FrameworkReference"));
    }

    [Theory]
    [MemberData(nameof(SourceProjects))]
    public void A_source_project_is_checked_for_trimming_and_native_compilation(string project)
    {
        // Switched on for all of them in src/Directory.Build.props; no project may switch it off again.
        Assert.Empty(Load(project).Descendants("IsAotCompatible"));
        Assert.Contains(
            Load(Path.Combine("src", "Directory.Build.props")).Descendants("IsAotCompatible"), element => element.Value == "true");
    }

    /// <summary>A version may also lift a package that others bring along: then it stands in a lock file.</summary>
    [Fact]
    public void Every_package_version_is_one_that_a_project_uses()
    {
        var used = Directory.EnumerateFiles(RepositoryRoot.Path, "packages.lock.json", SearchOption.AllDirectories)
            .Select(File.ReadAllText)
            .ToList();

        Assert.DoesNotContain(
            Load("Directory.Packages.props").Descendants("PackageVersion").Select(version => (string)version.Attribute("Include")!),
            package => !used.Exists(text => text.Contains($"\"{package}\": {{", StringComparison.OrdinalIgnoreCase)));
    }

    private static XDocument Load(string relativePath) => XDocument.Load(Path.Combine(RepositoryRoot.Path, relativePath));
}
