namespace RepoPulse.Configuration.Schema;

/// <summary>A setting whose value has a type.</summary>
internal abstract class SettingOf<T>(string key) : Setting(key)
{
    public required T Default { get; init; }
}
