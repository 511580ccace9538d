namespace RepoPulse.Configuration;

/// <summary>
/// Settings from environment variables. The framework's own provider is not used: it forgets the variable's name, which an error must name,
/// and gives a meaning to some prefixes of its own.
/// </summary>
internal static class EnvironmentSource
{
    public const string Prefix = "REPOPULSE__";

    public static SettingsSource Read(IReadOnlyDictionary<string, string> environment) => new(
    [
        .. environment
            .Where(variable => variable.Key.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase))
            .OrderBy(variable => variable.Key, StringComparer.Ordinal)
            .Select(variable => new GivenValue(
                variable.Key[Prefix.Length..].Replace("__", ":", StringComparison.Ordinal),
                variable.Value.Trim(),
                $"the environment variable {variable.Key}")),
    ]);
}
