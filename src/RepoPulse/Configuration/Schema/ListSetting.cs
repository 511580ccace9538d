using RepoPulse.Configuration.Sources;

namespace RepoPulse.Configuration.Schema;

/// <summary>A setting of any number of values. Values that are given twice count once.</summary>
internal sealed class ListSetting<T>(string key, ValueFormat<T> format) : SettingOf<IReadOnlyList<T>>(key)
{
    public override bool IsList => true;

    public override string Separators => format.Kind == "url" ? ",;" : ",";

    public override string Kind => $"{(IsSecret ? "secret" : format.Kind)} list";

    public override string Allowed => format.Allowed;

    public override string DefaultText => Default.Count == 0 ? "none" : string.Join(", ", Default.Select(format.Show));

    public override object? ReadValue(IReadOnlyList<GivenValue> given, FaultList faults)
    {
        var values = new List<T>(given.Count);
        var known = new HashSet<T>();
        foreach (var item in given)
        {
            if (format.Parse(item.Text, out var value) is { } problem)
                faults.Add(FaultOf(item, problem));
            else if (known.Add(value))
                values.Add(value);
        }

        return values;
    }
}
