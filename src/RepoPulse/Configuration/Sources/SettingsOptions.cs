namespace RepoPulse.Configuration;

/// <summary>The settings among a command's arguments, and the arguments without them.</summary>
internal sealed record SettingsOptions
{
    public static SettingsOptions None { get; } = new() { Source = new([]), Errors = [], Remaining = [] };

    public required SettingsSource Source { get; init; }

    public required IReadOnlyList<ConfigurationError> Errors { get; init; }

    public required IReadOnlyList<string> Remaining { get; init; }

    /// <summary>
    /// Those of the remaining that follow a setting, and may be the rest of its value where that was given without quotes.
    /// </summary>
    public IReadOnlyList<string> Strays { get; init; } = [];

    /// <summary>
    /// Takes <c>--Section:Key=value</c> and <c>--Section:Key value</c> out of the arguments. A colon in the name is what distinguishes a
    /// setting from an option; after <c>--</c> everything is an argument.
    /// </summary>
    public static SettingsOptions Extract(IReadOnlyList<string> arguments)
    {
        var values = new List<GivenValue>();
        var faults = new ConfigurationErrors();
        var remaining = new List<string>();
        var strays = new List<string>();
        var isAfterSetting = false;
        for (var i = 0; i < arguments.Count; i++)
        {
            if (arguments[i] == "--")
            {
                remaining.AddRange(arguments.Skip(i));
                break;
            }

            var equals = arguments[i].IndexOf('=', StringComparison.Ordinal);
            var name = equals < 0 ? arguments[i] : arguments[i][..equals];
            if (!name.StartsWith("--", StringComparison.Ordinal) || !name.Contains(':', StringComparison.Ordinal))
            {
                remaining.Add(arguments[i]);
                isAfterSetting &= !name.StartsWith("--", StringComparison.Ordinal) || arguments[i].Contains(';', StringComparison.Ordinal);
                if (isAfterSetting)
                    strays.Add(arguments[i]);
                continue;
            }

            isAfterSetting = true;
            if (equals >= 0)
                values.Add(new(name[2..], arguments[i][(equals + 1)..].Trim(), $"the option {name}"));
            else if (i + 1 < arguments.Count && !arguments[i + 1].StartsWith("--", StringComparison.Ordinal))
                values.Add(new(name[2..], arguments[++i].Trim(), $"the option {name}"));
            else
                faults.Add(new() { Key = name[2..], Problem = "has no value", Allowed = $"{name}=VALUE", Origin = $"the option {name}" });
        }

        return new() { Source = new(values), Errors = faults, Remaining = remaining, Strays = strays };
    }
}

/// <summary>One of the places that settings come from: what it gives, in its own order, a key as often as it was given.</summary>
internal sealed record SettingsSource(IReadOnlyList<GivenValue> Values);

/// <summary>A key and a value as some source gave them.</summary>
/// <param name="Key">With colons between its parts, in any case.</param>
/// <param name="Text">Empty where the source names the key and gives nothing.</param>
/// <param name="Origin">Where it was given, for people.</param>
internal sealed record GivenValue(string Key, string Text, string Origin)
{
    /// <summary>How a source without lists of its own says that a list is empty on purpose.</summary>
    public const string None = "[]";

    /// <summary>Whether it is an empty list that was written as one, and not an empty text.</summary>
    public bool IsEmptyList { get; init; }

    /// <summary>Whether it is a part of a text with names and values, as connection strings are: no part of one is shown.</summary>
    public bool IsOfPairs { get; init; }
}
