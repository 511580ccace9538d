using RepoPulse.Configuration.Schema;

namespace RepoPulse.Configuration.Reading;

/// <summary>Reads every setting of the schema from what the sources give.</summary>
internal sealed class SettingsReader(GivenSettings given, string workingFolder, FaultList faults)
{
    public SettingsValues Read(IEnumerable<Setting> schema)
    {
        var values = new SettingsValues();
        foreach (var setting in schema)
            Read(setting, values);
        return values;
    }

    private void Read(Setting setting, SettingsValues values)
    {
        var direct = setting.IsRead ? null : given.Find(setting);
        var file = given.Find(setting, isFile: !setting.IsRead) is [var named] ? named : null;
        if (direct is [var one, ..] && file is not null)
        {
            var problem = $"is given beside {file.Key}; only one of the two can be meant";
            faults.Add(new() { Key = setting.Key, Problem = problem, Origin = $"{one.Origin} and {file.Origin}" });
            return;
        }

        var taken = file is null ? direct : SecretFile.Read(setting, file, workingFolder, faults);
        if (taken is not null)
            values.Set(setting, setting.ReadValue(taken, faults), taken is [var from, ..] ? from.Origin : "");
    }
}
