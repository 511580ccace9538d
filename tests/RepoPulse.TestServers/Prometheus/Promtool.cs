using System.Diagnostics;

namespace RepoPulse.TestServers.Prometheus;

/// <summary>Prometheus's own judge of metrics, rules and configurations.</summary>
public static class Promtool
{
    /// <returns>What it ended with (0 where all is well), and all that it wrote.</returns>
    public static async Task<(int ExitCode, string Text)> RunAsync(string? input, params IEnumerable<string> arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(PrometheusInstallation.Require("promtool"), arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        })!;
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        await process.WaitForExitAsync();
        return (process.ExitCode, await output + await errors);
    }
}
