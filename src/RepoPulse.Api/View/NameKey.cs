using RepoPulse.Events;

namespace RepoPulse.Api.View;

/// <summary>
/// A repository's place in every list by name: the name without regard to case, then the id. One without an id comes after all others of its
/// name, so that it is not met again by a reader who passed it when its id becomes known.
/// </summary>
internal readonly record struct NameKey(RepositoryName Name, RepositoryId Id) : IComparable<NameKey>
{
    public long IdRank => Id == RepositoryId.None ? long.MaxValue : Id.Value;

    public int CompareTo(NameKey other)
    {
        var byName = Name.CompareTo(other.Name);
        return byName != 0 ? byName : IdRank.CompareTo(other.IdRank);
    }
}
