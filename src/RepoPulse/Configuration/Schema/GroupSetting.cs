using RepoPulse.Configuration.Sources;

namespace RepoPulse.Configuration.Schema;

/// <summary>A group whose keys are another program's: any name is one, any text a value, and any may be a secret.</summary>
internal sealed class GroupSetting(string key) : SettingOf<IReadOnlyDictionary<string, string>>(key)
{
    public override string Kind => "group";

    public override string Allowed => "any name and text";

    public override string DefaultText => "none";

    public override object ReadValue(IReadOnlyList<GivenValue> given, FaultList faults)
    {
        var values = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var value in given)
            values[value.Key[(Key.Length - 1)..]] = value.Text;
        return values;
    }
}
