namespace RepoPulse.Configuration;

/// <summary>A setting of any number of values. Values that are given twice count once.</summary>
internal sealed class ListSetting<T>(string key, ValueFormat<T> format) : SettingOf<IReadOnlyList<T>>(key)
{
    public override bool IsList => true;

    public override string Separators => format.Kind == "url" ? ",;" : ",";

    public override string Kind => $"{(IsSecret ? "secret" : format.Kind)} list";

    public override string Allowed => format.Allowed;

    /// <summary>Said in words where the default is no constant.</summary>
    public string? DefaultInWords { get; init; }

    public override string DefaultText =>
        DefaultInWords is not null ? DefaultInWords : Default.Count == 0 ? "none" : string.Join(", ", Default.Select(format.Show));

    public override object? ReadValue(IReadOnlyList<GivenValue> given, ConfigurationErrors faults)
    {
        var values = new List<T>(given.Count);
        var known = new HashSet<T>();
        foreach (var item in given)
        {
            if (format.Parse(item.Text, out var value) is { } problem)
                faults.Add(ErrorOf(item, problem));
            else if (known.Add(value))
                values.Add(value);
        }

        return values;
    }
}
