using RepoPulse.Configuration.Sources;
using RepoPulse.Roles;

namespace RepoPulse.Configuration;

/// <summary>What a command line says about the configuration.</summary>
internal sealed record SettingsRequest
{
    /// <summary>The file to read in place of <c>repopulse.json</c>; one that is named must exist.</summary>
    public string? ConfigFile { get; init; }

    /// <summary>The keys given as options.</summary>
    public SettingsOptions Options { get; init; } = SettingsOptions.None;

    /// <summary>What the process is to do, with which the settings must go together; <see cref="Roles.Role.None"/> for a command that is no service.</summary>
    public Role Role { get; init; }

    /// <summary>Repositories to watch besides the configured ones.</summary>
    public IReadOnlyList<string> Repositories { get; init; } = [];
}
