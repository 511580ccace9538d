namespace RepoPulse.Configuration;

/// <summary>The value of each setting, the defaults filled in.</summary>
internal sealed class SettingsValues
{
    private readonly Dictionary<Setting, (object? Value, string Origin)> _values = [];
    private readonly List<string> _secrets = [];

    /// <summary>What was given for secrets, as it was given.</summary>
    public IReadOnlyList<string> Secrets => _secrets;

    public void Set(Setting setting, object? value, string origin) => _values[setting] = (value, origin);

    public void AddSecret(string text) => _secrets.Add(text);

    public T Get<T>(SettingOf<T> setting) => _values.TryGetValue(setting, out var given) ? (T)given.Value! : setting.Default;

    /// <summary>Fills the options of every module with what was given.</summary>
    public RepoPulseSettings Fill(RepoPulseSettings settings) =>
        _values.Aggregate(settings, (filled, given) => given.Key.Fill(filled, given.Value.Value));

    /// <summary>Where the value was given; null for a default.</summary>
    public string? OriginOf(Setting setting) => _values.TryGetValue(setting, out var given) ? given.Origin : null;
}
