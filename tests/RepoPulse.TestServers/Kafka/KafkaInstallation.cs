namespace RepoPulse.TestServers.Kafka;

/// <summary>What a broker is started from on this machine.</summary>
/// <param name="Java">The program.</param>
/// <param name="Libraries">The folder of Kafka's own jars and those that they need.</param>
public sealed record KafkaInstallation(string Java, string Libraries)
{
    /// <summary>
    /// The release that <c>KAFKA_HOME</c> names, and the Java that <c>JAVA_HOME</c> names or the path has; null where one of them is
    /// missing.
    /// </summary>
    public static KafkaInstallation? Find() =>
        FindLibraries() is { } libraries && FindJava() is { } java ? new(java, libraries) : null;

    private static string? FindLibraries() =>
        Environment.GetEnvironmentVariable("KAFKA_HOME") is { Length: > 0 } home
            && Path.GetFullPath(Path.Combine(home, "libs")) is var libraries
        && Directory.Exists(libraries) && Directory.EnumerateFiles(libraries, "kafka-server-*.jar").Any()
            ? libraries
            : null;

    private static string? FindJava()
    {
        string[] folders = Environment.GetEnvironmentVariable("JAVA_HOME") is { Length: > 0 } home
            ? [Path.Combine(home, "bin")]
            : (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
        return folders.Select(folder => Path.Combine(folder, "java")).FirstOrDefault(File.Exists);
    }
}
