using System.Diagnostics;
using RepoPulse.TestServers;

namespace RepoPulse.FunctionalTests.Kafka;

/// <summary>A program of others that reads Kafka.</summary>
internal static class Kcat
{
    private const string Name = "kcat";

    /// <summary>Everything that a topic holds, each record as the format says.</summary>
    public static async Task<string> ReadAsync(string bootstrapServers, string topic, string format, CancellationToken cancellationToken)
    {
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
        if (!folders.Any(folder => File.Exists(Path.Combine(folder, Name))))
            Requirement.IsMissing("There is no kcat. Install it (on Debian and Ubuntu: apt-get install kcat).");
        var start = new ProcessStartInfo(Name, ["-b", bootstrapServers, "-C", "-t", topic, "-o", "beginning", "-e", "-q", "-f", format])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        using var kcat = Process.Start(start)!;
        var errors = kcat.StandardError.ReadToEndAsync(cancellationToken);
        var output = await kcat.StandardOutput.ReadToEndAsync(cancellationToken);
        await kcat.WaitForExitAsync(cancellationToken);
        Assert.True(kcat.ExitCode == 0, await errors);
        return output;
    }
}
