using System.Globalization;

namespace RepoPulse.TestServers.Postgres;

/// <summary>The programs of a PostgreSQL server on this machine.</summary>
/// <param name="Programs">The folder of <c>initdb</c> and <c>postgres</c>.</param>
public sealed record PostgresInstallation(string Programs)
{
    private const string DebianFolder = "/usr/lib/postgresql";

    /// <summary>The newest of Debian's, else the one on the path, else null.</summary>
    public static PostgresInstallation? Find() =>
        OfDebian().Concat(OnPath()).FirstOrDefault(IsWhole) is { } programs ? new(programs) : null;

    private static IEnumerable<string> OfDebian() => !Directory.Exists(DebianFolder) ? [] : Directory.GetDirectories(DebianFolder)
        .OrderByDescending(folder => double.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out var version) ? version : 0)
        .Select(folder => Path.Combine(folder, "bin"));

    // A link on the path stands for the folder that it leads to: PostgreSQL finds its other files from there.
    private static IEnumerable<string> OnPath() =>
        from folder in (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
        let program = new FileInfo(Path.Combine(folder, "postgres"))
        where program.Exists
        select Path.GetDirectoryName(program.ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? program.FullName);

    private static bool IsWhole(string programs) =>
        File.Exists(Path.Combine(programs, "initdb")) && File.Exists(Path.Combine(programs, "postgres"));
}
