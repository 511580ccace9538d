using RepoPulse.FunctionalTests.Processes;
using RepoPulse.TestServers;

namespace RepoPulse.FunctionalTests.Documents;

/// <summary>The OpenAPI document passes a linter that is not ours: Redocly's, from npm, of the version that eng/openapi pins.</summary>
public sealed class OpenApiLintTests
{
    [Fact]
    public async Task The_linter_finds_nothing()
    {
        var (installed, said) = await RunAsync("ci", "--no-audit", "--no-fund", "--no-update-notifier");
        if (installed != 0)
            Requirement.IsMissing($"The linter cannot be installed: {said}");

        var (status, found) = await RunAsync("run", "--silent", "lint");

        Assert.True(status == 0, found);
        Assert.Contains("valid", found, StringComparison.Ordinal);
    }

    private static Task<(int Status, string Output)> RunAsync(params string[] arguments) => ForeignProgram.RunAsync(
        Path.Combine(ForeignProgram.RepositoryRoot, "eng", "openapi"), "npm", arguments, ("REDOCLY_TELEMETRY", "off"),
        ("REDOCLY_SUPPRESS_UPDATE_NOTICE", "true"), ("NO_COLOR", "1"));
}
