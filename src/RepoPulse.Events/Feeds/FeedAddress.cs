using System.Diagnostics.CodeAnalysis;

namespace RepoPulse.Events;

/// <summary>
/// Which of GitHub's feeds: the unit of polling, and the key of cursor, ETags, lease and coverage. The text form is the path at GitHub,
/// <c>repos/owner/name</c> or <c>orgs/name</c>; two addresses that differ in case are the same.
/// </summary>
public readonly struct FeedAddress : IEquatable<FeedAddress>
{
    private const string RepositoryPrefix = "repos/";
    private const string OrganizationPrefix = "orgs/";

    private readonly string? _text;

    private FeedAddress(string text) => _text = text;

    public bool IsRepository => _text is not null && _text.StartsWith(RepositoryPrefix, StringComparison.Ordinal);

    /// <summary>The repository's name as it was configured.</summary>
    /// <exception cref="InvalidOperationException">The feed is not a repository's.</exception>
    public RepositoryName Repository => IsRepository
        ? RepositoryName.Parse(_text![RepositoryPrefix.Length..])
        : throw new InvalidOperationException($"'{this}' is not a repository's feed.");

    public static FeedAddress OfRepository(RepositoryName name) => new(RepositoryPrefix + name.FullName);

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
            : text.StartsWith(OrganizationPrefix, StringComparison.Ordinal)
                && text.Length is > 5 and <= 105
                && text.AsSpan(OrganizationPrefix.Length).ToArray().All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_');
        feed = valid ? new FeedAddress(text) : default;
        return valid;
    }

    public static bool operator ==(FeedAddress left, FeedAddress right) => left.Equals(right);

    public static bool operator !=(FeedAddress left, FeedAddress right) => !left.Equals(right);

    public bool Equals(FeedAddress other) => string.Equals(_text, other._text, StringComparison.OrdinalIgnoreCase);

    public override bool Equals(object? obj) => obj is FeedAddress other && Equals(other);

    public override int GetHashCode() => StringComparer.OrdinalIgnoreCase.GetHashCode(_text ?? "");

    public override string ToString() => _text ?? "";
}
