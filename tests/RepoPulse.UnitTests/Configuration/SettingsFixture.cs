using RepoPulse.Configuration;
using RepoPulse.Hosting;

namespace RepoPulse.UnitTests.Configuration;

/// <summary>A working folder of its own, an environment and arguments, to load settings from.</summary>
internal sealed class SettingsFixture : IDisposable
{
    public string Folder { get; } = Directory.CreateTempSubdirectory("repopulse-settings-").FullName;

    public Dictionary<string, string> Environment { get; } = new(StringComparer.Ordinal);

    public SettingsLoader Loader => new(new() { WorkingFolder = Folder, MachineName = "machine", Environment = Environment });

    public SettingsFixture WithFile(string text, string name = "repopulse.json")
    {
        File.WriteAllText(Path.Combine(Folder, name), text);
        return this;
    }

    public SettingsFixture WithVariable(string name, string value)
    {
        Environment[name] = value;
        return this;
    }

    public SettingsResult Load(params string[] arguments) => Load(Role.None, arguments);

    public SettingsResult Load(Role role, params string[] arguments) =>
        Loader.Load(new() { Options = SettingsOptions.Extract(arguments), Role = role });

    public RepoPulseSettings Settings(params string[] arguments)
    {
        var result = Load(arguments);
        Assert.Empty(result.Faults.Select(fault => fault.ToString()));
        return result.Settings!;
    }

    public ConfigurationError Fault(params string[] arguments) => Assert.Single(Load(arguments).Faults);

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
