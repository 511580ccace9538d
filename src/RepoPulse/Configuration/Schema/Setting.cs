namespace RepoPulse.Configuration;

/// <summary>One key of the configuration: what it is called, may hold, and holds where nothing is given.</summary>
internal abstract class Setting(string key)
{
    /// <summary>The section and the name, with a colon between.</summary>
    public string Key => key;

    /// <summary>One sentence for the reference.</summary>
    public required string Description { get; init; }

    /// <summary>Whether the value must never be shown. A secret may also be given in a file: see <see cref="FileTwin"/>.</summary>
    public bool IsSecret { get; init; }

    /// <summary>
    /// Whether the value is not shown in an error either, though it need not be a secret: an address may carry a password, and a private
    /// key may be given in place of its file's path.
    /// </summary>
    public bool MayHoldSecret
    {
        get => IsSecret || field;
        init;
    }

    /// <summary>
    /// What is wrong with an empty value, to be read after the key: set where nobody can mean what an unset variable would do, such as
    /// opening the API. Null where an empty value says the default, or an empty list.
    /// </summary>
    public string? EmptyProblem { get; init; }

    /// <summary>Whether an empty list that is written as one (<c>[]</c>) is right even so.</summary>
    public bool CanBeNone { get; init; }

    /// <summary>Whether the key names a file, whose content is the value.</summary>
    public bool IsRead { get; init; }

    /// <summary>Other keys that say the same.</summary>
    public IReadOnlyList<string> Aliases { get; init; } = [];

    public virtual bool IsList => false;

    /// <summary>What parts a list that is given as one value; whitespace always does.</summary>
    public virtual string Separators => "";

    public abstract string Kind { get; }

    public abstract string Allowed { get; }

    /// <summary>What is allowed, with the way to say "none" on purpose.</summary>
    public string AllowedOrNone => CanBeNone ? $"{Allowed}; or [] for none" : Allowed;

    /// <summary>The default as the reference shows it.</summary>
    public abstract string DefaultText { get; }

    /// <summary>The key that names a file to read this secret from; null where it is none.</summary>
    public string? FileTwin => IsSecret && !IsRead ? key + "File" : null;

    /// <summary>Reads what was given, at least one value where this is no list, and says what is wrong with it.</summary>
    public abstract object? ReadValue(IReadOnlyList<GivenValue> given, ConfigurationErrors faults);

    /// <summary>The settings with the option that this one fills, set to a value that was read.</summary>
    public abstract RepoPulseSettings Fill(RepoPulseSettings settings, object? value);

    protected ConfigurationError ErrorOf(GivenValue given, string problem) => new()
    {
        Key = given.Key,
        Value = MayHoldSecret || given.IsOfPairs || SecretLook.IsOne(given.Text) ? null : given.Text,
        Problem = problem,
        Allowed = Allowed,
        Origin = given.Origin,
    };
}
