using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace RepoPulse.Configuration;

/// <summary>Finds the setting that a given key belongs to.</summary>
internal sealed class KeyMatcher
{
    private readonly Dictionary<string, KeyMatch> _exact = new(StringComparer.OrdinalIgnoreCase);

    public KeyMatcher(IEnumerable<Setting> schema)
    {
        foreach (var setting in schema)
        {
            foreach (var key in (IEnumerable<string>)[setting.Key, .. setting.Aliases])
                _exact.Add(key, new(setting, null, IsFile: false));
            if (setting.FileTwin is { } twin)
                _exact.Add(twin, new(setting, null, IsFile: true));
        }
    }

    public bool TryMatch(string key, out KeyMatch match)
    {
        if (_exact.TryGetValue(key, out match))
            return true;
        if (KafkaClientSchema.IsOne(key))
        {
            // Known from now on: another source may give it too.
            _exact.Add(key, match = new(KafkaClientSchema.Create(key), null, IsFile: false));
            return true;
        }

        if (!TrySplitIndex(key, out var list, out var index)
            || !_exact.TryGetValue(list, out match)
            || match is not { IsFile: false, Setting.IsList: true })
            return false;
        match = match with { Index = index };
        return true;
    }

    /// <summary>Whether keys begin with this one.</summary>
    public bool IsSection(string key) =>
        key.Length == 0 || _exact.Keys.Any(known => known.StartsWith(key + ":", StringComparison.OrdinalIgnoreCase));

    /// <summary>The error of a key that matches nothing. Its value is not shown: a secret under a misspelt name is one still.</summary>
    public ConfigurationError Unknown(GivenValue given)
    {
        var name = NameOf(given.Key);
        string problem;
        if (IsSection(name))
            problem = "is a section, not a key";
        else if (_exact.TryGetValue(name, out var scalar))
            problem = $"is no list: {scalar.Setting.Key} takes one value";
        else if (name.LastIndexOf(':') is > 0 and var colon && _exact.ContainsKey(name[..colon]))
            problem = $"is not a key: {name[..colon]} has none beneath it";
        else
            problem = $"is not a key; did you mean {NearestName.Find(name, SettingsSchema.Keys)}?";
        return new() { Key = name, Problem = problem, Origin = given.Origin };
    }

    /// <summary>The key without a list item's index, so that the items of an unknown list are one error.</summary>
    private static string NameOf(string key) => TrySplitIndex(key, out var list, out _) ? list : key;

    private static bool TrySplitIndex(string key, [NotNullWhen(true)] out string? list, out int index)
    {
        var colon = key.LastIndexOf(':');
        list = colon > 0 ? key[..colon] : null;
        index = 0;
        return list is not null && int.TryParse(key.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out index);
    }
}

/// <summary>What a given key is of a setting: its value, one item of its list, or the file that it is in.</summary>
/// <param name="Index">The item's place in the list; null for the whole value.</param>
/// <param name="IsFile">Whether the key is the secret's <see cref="Setting.FileTwin"/>.</param>
internal readonly record struct KeyMatch(Setting Setting, int? Index, bool IsFile);
