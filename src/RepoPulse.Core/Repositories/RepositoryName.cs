using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace RepoPulse.Core;

/// <summary>The full name of a repository, <c>owner/name</c>. Names match without regard to case, and keep the case they came in.</summary>
public readonly struct RepositoryName : IEquatable<RepositoryName>, IComparable<RepositoryName>
{
    /// <summary>
    /// The most characters accepted: GitHub allows 39 for an owner and 100 for a name; bots and enterprise accounts go a little above.
    /// </summary>
    public const int MaxLength = 200;

    private static readonly SearchValues<char> Allowed =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_./");

    private readonly string? _fullName;

    private RepositoryName(string fullName) => _fullName = fullName;

    /// <summary><c>owner/name</c>, or an empty string for the default value.</summary>
    public string FullName => _fullName ?? "";

    public bool IsEmpty => _fullName is null;

    public ReadOnlySpan<char> Owner => FullName.AsSpan(0, Math.Max(0, FullName.IndexOf('/', StringComparison.Ordinal)));

    public ReadOnlySpan<char> Name => FullName.AsSpan(FullName.IndexOf('/', StringComparison.Ordinal) + 1);

    public static bool TryParse([NotNullWhen(true)] string? text, out RepositoryName name)
    {
        name = default;
        if (text is null or { Length: < 3 or > MaxLength } || text.AsSpan().ContainsAnyExcept(Allowed))
            return false;
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        var repository = text.AsSpan(slash + 1);
        if (slash <= 0 || repository.IsEmpty || repository.Contains('/') || repository is "." or "..")
            return false;
        name = new RepositoryName(text);
        return true;
    }

    /// <summary>A name from its text.</summary>
    /// <exception cref="FormatException">The text is not <c>owner/name</c> in GitHub's alphabet.</exception>
    public static RepositoryName Parse(string text) => TryParse(text, out var name)
        ? name
        : throw new FormatException(
            $"'{text}' is not a repository: owner/name is needed, of letters, digits, '-', '_' and '.', for instance dotnet/runtime.");

    public static bool operator ==(RepositoryName left, RepositoryName right) => left.Equals(right);

    public static bool operator !=(RepositoryName left, RepositoryName right) => !left.Equals(right);

    public bool Equals(RepositoryName other) => string.Equals(FullName, other.FullName, StringComparison.OrdinalIgnoreCase);

    public override bool Equals(object? obj) => obj is RepositoryName other && Equals(other);

    public override int GetHashCode() => StringComparer.OrdinalIgnoreCase.GetHashCode(FullName);

    /// <summary>By name without regard to case: the order of every list.</summary>
    public int CompareTo(RepositoryName other) => string.Compare(FullName, other.FullName, StringComparison.OrdinalIgnoreCase);

    public override string ToString() => FullName;
}

/// <summary>GitHub's number of a repository. It stays when the repository is renamed or moved, and so is its identity.</summary>
public readonly record struct RepositoryId(long Value) : IComparable<RepositoryId>
{
    /// <summary>No repository. GitHub's numbers start at 1.</summary>
    public static RepositoryId None => default;

    public int CompareTo(RepositoryId other) => Value.CompareTo(other.Value);

    public override string ToString() => Value.ToString(CultureInfo.InvariantCulture);
}
