using System.ComponentModel;
using System.Diagnostics;

namespace RepoPulse.FunctionalTests.Documents;

/// <summary>The OpenAPI document passes a linter that is not ours: Redocly's, from npm, of the version that eng/openapi pins.</summary>
public sealed class OpenApiLintTests
{
    [Fact]
    public async Task The_linter_finds_nothing()
    {
        var folder = Path.Combine(RepositoryRoot(), "eng", "openapi");
        var (installed, said) = await RunAsync(folder, "npm", "ci", "--no-audit", "--no-fund", "--no-update-notifier");
        if (installed != 0)
            Lack($"The linter cannot be installed: {said}");

        var (status, found) = await RunAsync(folder, "npm", "run", "--silent", "lint");

        Assert.True(status == 0, found);
        Assert.Contains("valid", found, StringComparison.Ordinal);
    }

    private static async Task<(int Status, string Output)> RunAsync(string folder, string command, params string[] arguments)
    {
        var start = new ProcessStartInfo(command, arguments) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = folder };
        start.Environment["REDOCLY_TELEMETRY"] = "off";
        start.Environment["REDOCLY_SUPPRESS_UPDATE_NOTICE"] = "true";
        start.Environment["NO_COLOR"] = "1";
        try
        {
            using var process = Process.Start(start)!;
            var output = process.StandardOutput.ReadToEndAsync();
            var errors = process.StandardError.ReadToEndAsync();
            await process.WaitForExitAsync();
            return (process.ExitCode, await output + await errors);
        }
        catch (Win32Exception e)
        {
            Lack($"Node.js is not here: {e.Message}");
            throw;
        }
    }

    private static void Lack(string message)
    {
        if (string.Equals(Environment.GetEnvironmentVariable("CI"), "true", StringComparison.OrdinalIgnoreCase))
            Assert.Fail(message);
        Assert.Skip(message);
    }

    private static string RepositoryRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "RepoPulse.slnx")))
            folder = folder.Parent;
        return folder?.FullName ?? throw new InvalidOperationException($"RepoPulse.slnx is in no folder above {AppContext.BaseDirectory}.");
    }
}
