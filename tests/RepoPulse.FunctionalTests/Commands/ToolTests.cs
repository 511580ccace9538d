using RepoPulse.FunctionalTests.Processes;

namespace RepoPulse.FunctionalTests.Commands;

public sealed class ToolTests
{
    [Fact]
    public async Task Packed_as_a_NET_tool_as_the_README_says_it_is_installed_and_runs()
    {
        using var folder = new TemporaryFolder();
        var packages = folder.File("packages");
        var tools = folder.File("tools");
        string[] said = ["", "", ""];
        foreach (var (i, line) in Readme.Snippet("tool").Split('\n', StringSplitOptions.RemoveEmptyEntries).Index())
        {
            // Elsewhere than where the README puts them; everything else as it says.
            string[] words = [.. line.Split(' ').Select(
                word => word switch { "packages" => packages, "--global" => $"--tool-path={tools}", "repopulse" =>
                    Path.Combine(tools, "repopulse"), _ => word })];
            (var status, said[i]) = await ForeignProgram.RunAsync(
                ForeignProgram.RepositoryRoot, words[0], words[1..], ("DOTNET_NOLOGO", "true"), ("DOTNET_CLI_TELEMETRY_OPTOUT", "true"),
                ("NuGetAudit", "false"));
            Assert.True(status == 0, said[i]);
        }

        // Those of packing are NU5.
        Assert.DoesNotContain("NU5", said[0], StringComparison.Ordinal);
        Assert.DoesNotContain("readme", said[0], StringComparison.OrdinalIgnoreCase);
        var version = Path.GetFileNameWithoutExtension(Assert.Single(Directory.GetFiles(packages, "*.nupkg")))["RepoPulse.".Length..];
        Assert.StartsWith($"repopulse {version}", said[2], StringComparison.Ordinal);
    }
}
