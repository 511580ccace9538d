using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace RepoPulse.Core;

/// <summary>
/// Which of GitHub's feeds: the unit of polling, and the key of cursor, ETags, lease and coverage. The text form is the path at GitHub,
/// <c>repos/owner/name</c>, <c>orgs/name</c>, or <c>repositories/id</c> for a repository that lost its name to another; two addresses that
/// differ in case are the same.
/// </summary>
public readonly struct FeedAddress : IEquatable<FeedAddress>
{
    private const string RepositoryPrefix = "repos/";
    private const string OrganizationPrefix = "orgs/";
    private const string RepositoryIdPrefix = "repositories/";

    private readonly string? _text;

    private FeedAddress(string text) => _text = text;

    /// <summary>Whether it is a repository's, by its name.</summary>
    public bool IsRepository => _text is not null && _text.StartsWith(RepositoryPrefix, StringComparison.Ordinal);

    public bool IsOrganization => _text is not null && _text.StartsWith(OrganizationPrefix, StringComparison.Ordinal);

    /// <summary>Whether it is a repository's, by its id.</summary>
    public bool IsRepositoryId => _text is not null && _text.StartsWith(RepositoryIdPrefix, StringComparison.Ordinal);

    /// <summary>The repository's name as it was configured.</summary>
    /// <exception cref="InvalidOperationException">The feed is not a repository's.</exception>
    public RepositoryName Repository => IsRepository
        ? RepositoryName.Parse(_text![RepositoryPrefix.Length..])
        : throw new InvalidOperationException($"'{this}' is not a repository's feed.");

    public static FeedAddress OfRepository(RepositoryName name) => new(RepositoryPrefix + name.FullName);

    /// <summary>The feed of a repository that is known, but not by a name of its own any more.</summary>
    public static FeedAddress OfRepositoryId(RepositoryId id) => new(RepositoryIdPrefix + id);

    /// <summary>The feed of an organization.</summary>
    /// <exception cref="FormatException">The name is not of letters, digits and hyphens.</exception>
    public static FeedAddress OfOrganization(string name) => TryParse(OrganizationPrefix + name, out var feed)
        ? feed
        : throw new FormatException($"'{name}' is not an organization: letters, digits, '-' and '_' are allowed, for instance dotnet.");

    public static bool TryParse([NotNullWhen(true)] string? text, out FeedAddress feed)
    {
        feed = default;
        if (text is null)
            return false;
        var valid = text.StartsWith(RepositoryPrefix, StringComparison.Ordinal)
            ? RepositoryName.TryParse(text[RepositoryPrefix.Length..], out _)
            : text.StartsWith(RepositoryIdPrefix, StringComparison.Ordinal)
                ? IsId(text.AsSpan(RepositoryIdPrefix.Length))
                : text.StartsWith(OrganizationPrefix, StringComparison.Ordinal) && IsLogin(text.AsSpan(OrganizationPrefix.Length));
        feed = valid ? new FeedAddress(text) : default;
        return valid;
    }

    public static bool operator ==(FeedAddress left, FeedAddress right) => left.Equals(right);

    public static bool operator !=(FeedAddress left, FeedAddress right) => !left.Equals(right);

    public bool Equals(FeedAddress other) => string.Equals(_text, other._text, StringComparison.OrdinalIgnoreCase);

    public override bool Equals(object? obj) => obj is FeedAddress other && Equals(other);

    public override int GetHashCode() => StringComparer.OrdinalIgnoreCase.GetHashCode(_text ?? "");

    public override string ToString() => _text ?? "";

    private static bool IsId(ReadOnlySpan<char> text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var id) && id > 0 && text[0] != '0';

    private static bool IsLogin(ReadOnlySpan<char> text)
    {
        foreach (var c in text)
        {
            if (!char.IsAsciiLetterOrDigit(c) && c is not ('-' or '_'))
                return false;
        }

        return text.Length is > 0 and <= 100;
    }
}
