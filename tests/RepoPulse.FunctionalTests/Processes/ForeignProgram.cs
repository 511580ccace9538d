using System.ComponentModel;
using System.Diagnostics;
using RepoPulse.TestServers;

namespace RepoPulse.FunctionalTests.Processes;

/// <summary>Programs that are not ours.</summary>
internal static class ForeignProgram
{
    /// <summary>The folder of the clone.</summary>
    public static string RepositoryRoot { get; } = FindRoot();

    /// <summary>Runs one to its end. Where there is none the test is skipped, in CI it fails.</summary>
    public static async Task<(int Status, string Output)> RunAsync(
        string folder, string command, string[] arguments, params (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo(command, arguments)
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = folder
        };
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
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
            Requirement.IsMissing($"{command} cannot be started: {e.Message}");
            throw;
        }
    }

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "RepoPulse.slnx")))
            folder = folder.Parent;
        return folder?.FullName ?? throw new InvalidOperationException($"RepoPulse.slnx is in no folder above {AppContext.BaseDirectory}.");
    }
}
