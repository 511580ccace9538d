using System.Globalization;

namespace RepoPulse.Events;

/// <summary>GitHub's number of a repository. It stays when the repository is renamed or moved, and so is its identity.</summary>
public readonly record struct RepositoryId(long Value) : IComparable<RepositoryId>
{
    /// <summary>No repository. GitHub's numbers start at 1.</summary>
    public static RepositoryId None => default;

    public int CompareTo(RepositoryId other) => Value.CompareTo(other.Value);

    public override string ToString() => Value.ToString(CultureInfo.InvariantCulture);
}
