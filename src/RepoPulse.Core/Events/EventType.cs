using System.Diagnostics.CodeAnalysis;

namespace RepoPulse.Core;

/// <summary>The kind of an event, as GitHub names it. New ones appear without notice, so any name is a type.</summary>
public readonly record struct EventType
{
    private readonly string? _name;

    private EventType(string name) => _name = name;

    /// <summary>All types together: the series of every event of a repository. No event has it.</summary>
    public static EventType All { get; } = new("*");

    /// <summary>GitHub's name, such as <c>PushEvent</c>. Case matters.</summary>
    public string Name => _name ?? "";

    /// <summary>A type from its name: 1 to 100 ASCII letters, digits, underscores or hyphens.</summary>
    public static bool TryParse([NotNullWhen(true)] string? name, out EventType type)
    {
        var valid = name is { Length: > 0 and <= 100 } && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-');
        type = valid ? new EventType(name!) : default;
        return valid;
    }

    /// <summary>A type from its name.</summary>
    /// <exception cref="FormatException">The name is not 1 to 100 ASCII letters, digits, underscores or hyphens.</exception>
    public static EventType Parse(string name) => TryParse(name, out var type)
        ? type
        : throw new FormatException(
            $"'{name}' is not an event type: 1 to 100 ASCII letters, digits, '_' or '-' are allowed, for instance PushEvent.");

    public override string ToString() => Name;
}
