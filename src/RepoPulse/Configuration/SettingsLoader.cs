using System.Diagnostics.CodeAnalysis;
using RepoPulse.Hosting;

namespace RepoPulse.Configuration;

/// <summary>
/// Reads the configuration: the defaults, over them a JSON file, over it the environment, over it the command line. Errors are reported all
/// at once.
/// </summary>
internal sealed class SettingsLoader(SettingsHost host)
{
    public const string DefaultFile = "repopulse.json";

    private readonly KeyMatcher _keys = new(SettingsSchema.All);

    public SettingsResult Load(SettingsRequest request)
    {
        var faults = new ConfigurationErrors();
        var file = ReadFile(request.ConfigFile, faults);
        // Rules between settings are judged on what all sources say together; without the file that is not known.
        var isComplete = faults.Count == 0;
        faults.AddRange(request.Options.Errors);

        var given = new GivenSettings([file, EnvironmentSource.Read(host.Environment), request.Options.Source], _keys, faults);
        var values = new SettingsReader(given, host.WorkingFolder, faults).Read(SettingsSchema.All.Union(given.Settings));
        if (isComplete)
            SettingsRules.Check(values, request.Role, host.WorkingFolder, faults);
        var added = ReadAdded(request.Repositories, faults);

        return faults.Count > 0
            ? new(null, faults)
            : new(values.Fill(new()).Complete(added, host), []) { Secrets = new SecretTexts(values.Secrets) };
    }

    private SettingsSource ReadFile(string? named, ConfigurationErrors faults)
    {
        var isAbsent = named is null && !File.Exists(Path.Combine(host.WorkingFolder, DefaultFile));
        return (isAbsent ? null : JsonFileSource.Read(named ?? DefaultFile, host.WorkingFolder, faults)) ?? new SettingsSource([]);
    }

    private static List<RepositoryName> ReadAdded(IReadOnlyList<string> repositories, ConfigurationErrors faults)
    {
        var names = new List<RepositoryName>();
        foreach (var text in repositories)
        {
            if (RepositoryName.TryParse(text, out var name))
                names.Add(name);
            else
                faults.Add(new()
                {
                    Key = "--repository",
                    Value = text,
                    Problem = "is not a repository",
                    Allowed = ValueFormats.Repository.Allowed
                });
        }

        return names;
    }
}

/// <summary>What a command line says about the configuration.</summary>
internal sealed record SettingsRequest
{
    /// <summary>The file to read in place of <c>repopulse.json</c>; one that is named must exist.</summary>
    public string? ConfigFile { get; init; }

    /// <summary>The keys given as options.</summary>
    public SettingsOptions Options { get; init; } = SettingsOptions.None;

    /// <summary>
    /// What the process is to do, with which the settings must go together; <see cref="Hosting.Role.None"/> for a command that is no
    /// service.
    /// </summary>
    public Role Role { get; init; }

    /// <summary>Repositories to watch besides the configured ones.</summary>
    public IReadOnlyList<string> Repositories { get; init; } = [];
}

/// <summary>The settings, or everything that is wrong with them.</summary>
internal sealed record SettingsResult(RepoPulseSettings? Settings, IReadOnlyList<ConfigurationError> Faults)
{
    /// <summary>The values of all secrets, to be left out of what is written of a failure that nobody foresaw.</summary>
    public SecretTexts Secrets { get; init; } = SecretTexts.None;

    [MemberNotNullWhen(true, nameof(Settings))]
    public bool IsValid => Settings is not null;
}
