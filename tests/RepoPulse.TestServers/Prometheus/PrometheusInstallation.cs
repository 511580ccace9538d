namespace RepoPulse.TestServers.Prometheus;

/// <summary>The programs of Prometheus on this machine: <c>prometheus</c> and <c>promtool</c>.</summary>
public static class PrometheusInstallation
{
    /// <summary>The full name of a program; where it is not installed the test is skipped, in CI it fails.</summary>
    public static string Require(string program)
    {
        var found = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Select(folder => Path.Combine(folder, program))
            .FirstOrDefault(File.Exists);
        if (found is null)
            Requirement.IsMissing($"There is no {program}: install Prometheus (Debian's package is 'prometheus').");
        return found!;
    }
}
