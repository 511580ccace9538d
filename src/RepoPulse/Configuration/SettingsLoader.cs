using RepoPulse.Configuration.Reading;
using RepoPulse.Configuration.Schema;
using RepoPulse.Configuration.Sources;
using RepoPulse.Events;

namespace RepoPulse.Configuration;

/// <summary>
/// Reads the configuration: the defaults, over them a JSON file, over it the environment, over it the command line. Faults are told all at once.
/// </summary>
internal sealed class SettingsLoader(SettingsHost host)
{
    public const string DefaultFile = "repopulse.json";

    private readonly KeyMatcher _keys = new(SettingsSchema.All);

    public SettingsResult Load(SettingsRequest request)
    {
        var faults = new FaultList();
        var file = ReadFile(request.ConfigFile, faults);
        // Rules between settings are judged on what all sources say together; without the file that is not known.
        var isComplete = faults.Count == 0;
        faults.AddRange(request.Options.Faults);

        var given = new GivenSettings([file, EnvironmentSource.Read(host.Environment), request.Options.Source], _keys, faults);
        var values = new SettingsReader(given, host.WorkingFolder, faults).Read(SettingsSchema.All);
        if (isComplete)
            SettingsRules.Check(values, request.Role, faults);
        var added = ReadAdded(request.Repositories, faults);

        return faults.Count > 0 ? new(null, faults) : new(SettingsFactory.Create(values, added, host.MachineName), []);
    }

    private SettingsSource ReadFile(string? named, FaultList faults)
    {
        var isAbsent = named is null && !File.Exists(Path.Combine(host.WorkingFolder, DefaultFile));
        return (isAbsent ? null : JsonFileSource.Read(named ?? DefaultFile, host.WorkingFolder, faults)) ?? new SettingsSource([]);
    }

    private static List<RepositoryName> ReadAdded(IReadOnlyList<string> repositories, FaultList faults)
    {
        var names = new List<RepositoryName>();
        foreach (var text in repositories)
        {
            if (RepositoryName.TryParse(text, out var name))
                names.Add(name);
            else
                faults.Add(new() { Key = "--repository", Value = text, Problem = "is not a repository", Allowed = ValueFormats.Repository.Allowed });
        }

        return names;
    }
}
