using RepoPulse.Configuration.Schema;
using RepoPulse.Configuration.Sources;

namespace RepoPulse.Configuration.Reading;

/// <summary>
/// What the sources give for each setting. The highest source that gives anything for it gives all of it: lists are never merged. An empty value
/// counts as given and says "the default", an empty list is an empty list.
/// </summary>
internal sealed class GivenSettings
{
    private readonly Dictionary<(Setting Setting, bool IsFile), IReadOnlyList<GivenValue>> _given = [];

    /// <param name="sources">Lowest first.</param>
    public GivenSettings(IEnumerable<SettingsSource> sources, KeyMatcher keys, FaultList faults)
    {
        foreach (var source in sources)
            Add(source, keys, faults);
    }

    /// <summary>The values of a setting, or of its file; null where its default is to be taken.</summary>
    public IReadOnlyList<GivenValue>? Find(Setting setting, bool isFile = false) => _given.GetValueOrDefault((setting, isFile));

    private void Add(SettingsSource source, KeyMatcher keys, FaultList faults)
    {
        var matched = new List<(KeyMatch Match, GivenValue Value)>();
        var unknown = new FaultList();
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
            if (Whole(setting, isFile, [.. group], faults) is { } values)
                _given[group.Key] = values;
            else
                _given.Remove(group.Key);
        }
    }

    /// <summary>The key stands in an option's and a variable's origin, with the index that makes no difference here.</summary>
    private static string IndexlessOrigin(ConfigurationFault fault) => fault.Origin?.TrimEnd('0', '1', '2', '3', '4', '5', '6', '7', '8', '9') ?? "";

    /// <summary>Everything that one source gives for a setting; null where that is an empty value.</summary>
    private static List<GivenValue>? Whole(Setting setting, bool isFile, List<(KeyMatch Match, GivenValue Value)> items, FaultList faults)
    {
        var key = isFile ? setting.FileTwin! : setting.Key;
        if (isFile || !setting.IsList)
            return items[^1].Value.Text.Length == 0 ? null : [items[^1].Value with { Key = key }];
        var indexed = items.Where(item => item.Match.Index is not null).ToList();
        if (indexed.Count > 0 && indexed.Count < items.Count)
        {
            faults.Add(new() { Key = key, Problem = "is given both as one value and by index", Origin = items.First(item => item.Match.Index is null).Value.Origin });
            return [];
        }

        return indexed.Count > 0
            ? [.. indexed.GroupBy(item => item.Match.Index).OrderBy(item => item.Key).Select(item => Item(item.Last())).Where(item => item.Text.Length > 0)]
            : [.. items.SelectMany(item => Split(setting, item.Value))];

        GivenValue Item((KeyMatch Match, GivenValue Value) item) => item.Value with { Key = $"{key}:{item.Match.Index}" };
    }

    private static IEnumerable<GivenValue> Split(Setting setting, GivenValue value) => value.Text
        .Split([.. setting.Separators, ' ', '\t', '\r', '\n'], StringSplitOptions.RemoveEmptyEntries)
        .Select(text => value with { Key = setting.Key, Text = text });
}
