namespace RepoPulse.Configuration.Sources;

/// <summary>The settings among a command's arguments, and the arguments without them.</summary>
internal sealed record SettingsOptions
{
    public static SettingsOptions None { get; } = new() { Source = new([]), Faults = [], Remaining = [] };

    public required SettingsSource Source { get; init; }

    public required IReadOnlyList<ConfigurationFault> Faults { get; init; }

    public required IReadOnlyList<string> Remaining { get; init; }

    /// <summary>
    /// Takes <c>--Section:Key=value</c> and <c>--Section:Key value</c> out of the arguments. A colon in the name is what tells a setting from an
    /// option; after <c>--</c> everything is an argument.
    /// </summary>
    public static SettingsOptions Extract(IReadOnlyList<string> arguments)
    {
        var values = new List<GivenValue>();
        var faults = new FaultList();
        var remaining = new List<string>();
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
                remaining.Add(arguments[i]);
            else if (equals >= 0)
                values.Add(new(name[2..], arguments[i][(equals + 1)..].Trim(), $"the option {name}"));
            else if (i + 1 < arguments.Count && !arguments[i + 1].StartsWith("--", StringComparison.Ordinal))
                values.Add(new(name[2..], arguments[++i].Trim(), $"the option {name}"));
            else
                faults.Add(new() { Key = name[2..], Problem = "has no value", Allowed = $"{name}=VALUE", Origin = $"the option {name}" });
        }

        return new() { Source = new(values), Faults = faults, Remaining = remaining };
    }
}
