using System.Collections;

namespace RepoPulse.Configuration;

/// <summary>What the configuration takes from the machine that it is read on.</summary>
internal sealed record SettingsHost
{
    public required string WorkingFolder { get; init; }

    public required string MachineName { get; init; }

    public required IReadOnlyDictionary<string, string> Environment { get; init; }

    public static SettingsHost ForProcess() => new()
    {
        WorkingFolder = System.Environment.CurrentDirectory,
        MachineName = System.Environment.MachineName,
        Environment = System.Environment.GetEnvironmentVariables()
            .Cast<DictionaryEntry>()
            .ToDictionary(entry => (string)entry.Key, entry => (string?)entry.Value ?? "", StringComparer.Ordinal),
    };
}
