namespace RepoPulse.Configuration;

/// <summary>A setting of one value.</summary>
internal sealed class ScalarSetting<T>(string key, ValueFormat<T> format) : SettingOf<T>(key)
{
    public override string Kind => IsSecret && !IsRead ? "secret" : format.Kind;

    public override string Allowed => format.Allowed;

    /// <summary>Said in words where the default is no constant.</summary>
    public string? DefaultInWords { get; init; }

    public override string DefaultText => DefaultInWords ?? (Default is null ? "none" : format.Show(Default));

    public override object? ReadValue(IReadOnlyList<GivenValue> given, ConfigurationErrors faults)
    {
        if (format.Parse(given[^1].Text, out var value) is not { } problem)
            return value;
        faults.Add(ErrorOf(given[^1], problem));
        return Default;
    }
}

/// <summary>A setting whose value has a type.</summary>
internal abstract class SettingOf<T>(string key) : Setting(key)
{
    private static readonly RepoPulseSettings Defaults = new();

    /// <summary>The option that it fills.</summary>
    public required SettingPlace<T> Place { get; init; }

    public T Default => Place.Get(Defaults);

    public override RepoPulseSettings Fill(RepoPulseSettings settings, object? value) => Place.With(settings, (T)value!);
}
