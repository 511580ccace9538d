using System.Text.Json;
using System.Text.RegularExpressions;

namespace RepoPulse.UnitTests.Deployment;

/// <summary>The alerts and the dashboard ask for nothing that is not measured.</summary>
public sealed partial class MonitoringTests
{
    public static TheoryData<string> Files =>
        ["deploy/prometheus/repopulse.rules.yml", "deploy/prometheus/repopulse.rules.test.yml", "deploy/grafana/repopulse.json"];

    [Theory]
    [MemberData(nameof(Files))]
    public void Every_metric_that_is_named_is_one(string file)
    {
        var made = Directory.EnumerateFiles(Path.Combine(RepositoryRoot.Path, "src"), "*Metrics.cs", SearchOption.AllDirectories)
            .SelectMany(source => InstrumentPattern().Matches(File.ReadAllText(source)))
            .Select(match => NameOf(match.Groups["kind"].Value, match.Groups["name"].Value, match.Groups["unit"].Value))
            .ToHashSet(StringComparer.Ordinal);

        var named = MetricPattern()
            .Matches(DeploymentFiles.Read(file))
            .Select(match => match.Value)
            .Distinct(StringComparer.Ordinal)
            .ToList();

        Assert.NotEmpty(named);
        Assert.Empty(named.Except(made, StringComparer.Ordinal));
    }

    [Fact]
    public void The_dashboard_is_whole()
    {
        using var dashboard = JsonDocument.Parse(DeploymentFiles.Read("deploy/grafana/repopulse.json"));
        var panels = dashboard.RootElement.GetProperty("panels").EnumerateArray().ToList();

        Assert.Equal(panels.Count, panels.Select(panel => panel.GetProperty("id").GetInt32()).Distinct().Count());
        Assert.All(panels, panel => Assert.NotEmpty(panel.GetProperty("targets").EnumerateArray()));
        Assert.All(panels, panel => Assert.Equal("${datasource}", panel.GetProperty("datasource").GetProperty("uid").GetString()));
    }

    /// <summary>As Prometheus is given it.</summary>
    private static string NameOf(string kind, string name, string unit) => name.Replace('.', '_')
        + (unit == "s" ? "_seconds" : "")
        + (kind == "Counter" ? "_total" : "");

    [GeneratedRegex(
        """Create(?<kind>Counter|ObservableGauge|Histogram)(?:<\w+>)?\(\s*"(?<name>repopulse\.[a-z0-9._]+)",.*?"(?<unit>s|1|\{\w+\})",\s""",
        RegexOptions.Singleline,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex InstrumentPattern();

    [GeneratedRegex("""\brepopulse_[a-z0-9_]+""", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex MetricPattern();
}
