using System.Collections;

namespace RepoPulse.Configuration;

/// <summary>Something wrong with the configuration, in words for the user who wrote it.</summary>
internal sealed record ConfigurationError
{
    /// <summary>
    /// The key as the schema spells it, or as it was given where the schema has none; a file's path where no key is wrong.
    /// </summary>
    public required string Key { get; init; }

    /// <summary>What was given; null where that is a secret, may be one, or is beside the point.</summary>
    public string? Value { get; init; }

    /// <summary>What is wrong with it, to be read after the key: <c>is not a duration</c>.</summary>
    public required string Problem { get; init; }

    /// <summary>What would be right; null where the problem says it.</summary>
    public string? Allowed { get; init; }

    /// <summary>Where it was given, to be read after "in": a file, an environment variable or an option.</summary>
    public string? Origin { get; init; }

    public override string ToString()
    {
        var value = Value is null || SecretLook.IsOne(Value) ? "" : $": '{Value}'";
        var allowed = Allowed is null ? "" : $"; allowed: {Allowed}";
        var origin = Origin is null ? "" : $" (in {Origin})";
        return $"{Key}{value} {Problem}{allowed}{origin}";
    }
}

/// <summary>Gathers errors, so that all are reported at once.</summary>
internal sealed class ConfigurationErrors : IReadOnlyList<ConfigurationError>
{
    private readonly List<ConfigurationError> _faults = [];

    public int Count => _faults.Count;

    public ConfigurationError this[int index] => _faults[index];

    public void Add(ConfigurationError fault) => _faults.Add(fault);

    public void AddRange(IEnumerable<ConfigurationError> faults) => _faults.AddRange(faults);

    public IEnumerator<ConfigurationError> GetEnumerator() => _faults.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
