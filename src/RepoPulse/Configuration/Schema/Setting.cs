using RepoPulse.Configuration.Sources;

namespace RepoPulse.Configuration.Schema;

/// <summary>One key of the configuration: what it is called, may hold, and holds where nothing is given.</summary>
internal abstract class Setting(string key)
{
    /// <summary>The section and the name, with a colon between.</summary>
    public string Key => key;

    /// <summary>One sentence for the reference.</summary>
    public required string Description { get; init; }

    /// <summary>Whether the value must never be shown. A secret may also be given in a file: see <see cref="FileTwin"/>.</summary>
    public bool IsSecret { get; init; }

    /// <summary>Whether the key names a file, whose content is the value.</summary>
    public bool IsRead { get; init; }

    /// <summary>Other keys that say the same.</summary>
    public IReadOnlyList<string> Aliases { get; init; } = [];

    public virtual bool IsList => false;

    /// <summary>What parts a list that is given as one value; whitespace always does.</summary>
    public virtual string Separators => "";

    public abstract string Kind { get; }

    public abstract string Allowed { get; }

    /// <summary>The default as the reference shows it.</summary>
    public abstract string DefaultText { get; }

    /// <summary>The key that names a file to read this secret from; null where it is none.</summary>
    public string? FileTwin => IsSecret && !IsRead ? key + "File" : null;

    /// <summary>Reads what was given, at least one value where this is no list, and says what is wrong with it.</summary>
    public abstract object? ReadValue(IReadOnlyList<GivenValue> given, FaultList faults);

    protected ConfigurationFault FaultOf(GivenValue given, string problem) => new()
    {
        Key = given.Key,
        // An address may carry a password before its host.
        Value = IsSecret || (given.Text.Contains("://", StringComparison.Ordinal) && given.Text.Contains('@', StringComparison.Ordinal)) ? null : given.Text,
        Problem = problem,
        Allowed = Allowed,
        Origin = given.Origin,
    };
}
