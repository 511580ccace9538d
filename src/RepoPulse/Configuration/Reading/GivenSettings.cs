namespace RepoPulse.Configuration;

/// <summary>
/// What the sources give for each setting. The highest source that gives anything for it gives all of it: lists are never merged. An empty
/// value counts as given and says "the default", an empty list is an empty list.
/// </summary>
internal sealed class GivenSettings
{
    private readonly Dictionary<(Setting Setting, bool IsFile), IReadOnlyList<GivenValue>> _given = [];
    private readonly Dictionary<Setting, string> _emptied = [];

    /// <param name="sources">Lowest first.</param>
    public GivenSettings(IEnumerable<SettingsSource> sources, KeyMatcher keys, ConfigurationErrors faults)
    {
        foreach (var source in sources)
            Add(source, keys, faults);
    }

    /// <summary>Every setting that something is given for, those of the Kafka client's own names too.</summary>
    public IEnumerable<Setting> Settings => _given.Keys.Select(key => key.Setting).Distinct();

    /// <summary>The values of a setting, or of its file; null where its default is to be taken.</summary>
    public IReadOnlyList<GivenValue>? Find(Setting setting, bool isFile = false) => _given.GetValueOrDefault((setting, isFile));

    /// <summary>
    /// Where a setting was given an empty value that no higher source replaced, nor an empty list on purpose; null where it was not. What
    /// is asked for is not known then: an unset variable looks the same.
    /// </summary>
    public string? EmptiedIn(Setting setting) => _emptied.GetValueOrDefault(setting);

    private void Add(SettingsSource source, KeyMatcher keys, ConfigurationErrors faults)
    {
        var matched = new List<(KeyMatch Match, GivenValue Value)>();
        var unknown = new ConfigurationErrors();
        foreach (var value in source.Values)
        {
            if (keys.TryMatch(value.Key, out var match))
                matched.Add((match, value));
            else if (value.Text.Length > 0 || !keys.IsSection(value.Key))
                unknown.Add(keys.Unknown(value));
        }

        faults.AddRange(unknown.DistinctBy(fault => (fault.Key.ToUpperInvariant(), IndexlessOrigin(fault))));
        foreach (var group in matched.GroupBy(item => (item.Match.Setting, item.Match.IsFile)))
        {
            var (setting, isFile) = group.Key;
            NoteEmpty(setting, [.. group.Select(item => item.Value)]);
            if (WholeList(setting, isFile, [.. group], faults) is { } values)
                _given[group.Key] = values;
            else
                _given.Remove(group.Key);
        }
    }

    private void NoteEmpty(Setting setting, List<GivenValue> values)
    {
        if (setting.CanBeNone && values.Any(IsNone))
            _emptied.Remove(setting);
        else if (values.All(value => IsNone(value) || Split(setting, value).All(item => item.Text.Length == 0)))
            _emptied[setting] = values[^1].Origin;
    }

    private static bool IsNone(GivenValue value) => value.IsEmptyList || value.Text == GivenValue.None;

    /// <summary>The key stands in an option's and a variable's origin, with the index that makes no difference here.</summary>
    private static string IndexlessOrigin(ConfigurationError fault) =>
        fault.Origin?.TrimEnd('0', '1', '2', '3', '4', '5', '6', '7', '8', '9') ?? "";

    /// <summary>Everything that one source gives for a setting; null where that is an empty value.</summary>
    private static List<GivenValue>? WholeList(
        Setting setting, bool isFile, List<(KeyMatch Match, GivenValue Value)> items, ConfigurationErrors faults)
    {
        var key = isFile ? setting.FileTwin! : setting.Key;
        if (isFile || !setting.IsList)
            return items[^1].Value.Text.Length == 0 ? null : [items[^1].Value with { Key = key }];
        var indexed = items.Where(item => item.Match.Index is not null).ToList();
        if (indexed.Count > 0 && indexed.Count < items.Count)
        {
            faults.Add(new() { Key = key, Problem = "is given both as one value and by index", Origin = items.First(
                item => item.Match.Index is null).Value.Origin });
            return [];
        }

        return indexed.Count > 0
            ? [.. indexed.GroupBy(item => item.Match.Index)
                .OrderBy(item => item.Key)
                .Select(item => Item(item.Last()))
                .Where(item => item.Text.Length > 0)]
            : [.. items.SelectMany(item => Split(setting, item.Value))];

        GivenValue Item((KeyMatch Match, GivenValue Value) item) => item.Value with { Key = $"{key}:{item.Match.Index}" };
    }

    private static IEnumerable<GivenValue> Split(Setting setting, GivenValue value) => IsNone(value) ? [] : value.Text
        .Split([.. setting.Separators, ' ', '\t', '\r', '\n'], StringSplitOptions.RemoveEmptyEntries)
        .Select(text => value with { Key = setting.Key, Text = text, IsOfPairs = value.Text.Contains('=', StringComparison.Ordinal) });
}
