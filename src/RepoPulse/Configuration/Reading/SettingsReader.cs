namespace RepoPulse.Configuration;

/// <summary>Reads every setting of the schema from what the sources give.</summary>
internal sealed class SettingsReader(GivenSettings given, string workingFolder, ConfigurationErrors faults)
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

        // An empty value beside one that counts, as a file's key that a higher source empties to give the secret itself, opens nothing.
        if (setting.EmptyProblem is { } empty && file is null && direct is null or [] && given.EmptiedIn(setting) is { } emptied)
        {
            faults.Add(new() { Key = setting.Key, Problem = empty, Allowed = setting.AllowedOrNone, Origin = emptied });
            return;
        }

        var taken = file is null ? direct : SecretFile.Read(setting, file, workingFolder, faults);
        foreach (var secret in setting.IsSecret && taken is not null ? taken : [])
            values.AddSecret(secret.Text);
        if (taken is not null)
            values.Set(setting, setting.ReadValue(taken, faults), taken is [var from, ..] ? from.Origin : "");
    }
}
