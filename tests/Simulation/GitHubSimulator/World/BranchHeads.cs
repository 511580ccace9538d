namespace GitHubSimulator.World;

/// <summary>
/// Where the branches of a repository point: as at GitHub, a push begins at the commit at which the one before it ended. Events can be
/// added in any order of time; a push that would have to come between two others is one to a branch of its own.
/// </summary>
internal sealed class BranchHeads
{
    private readonly Dictionary<string, Chain> _chains = new(StringComparer.Ordinal);

    /// <summary>The branch that a push at a time is to, and its commits.</summary>
    /// <param name="made">A commit that no push has had.</param>
    /// <param name="other">Another such commit.</param>
    public (string Branch, string Before, string Head) Push(string branch, DateTimeOffset at, string made, string other)
    {
        if (!_chains.TryGetValue(branch, out var chain))
        {
            _chains.Add(branch, new Chain(at, other, at, made));
            return (branch, other, made);
        }

        if (at >= chain.LastAt)
        {
            _chains[branch] = chain with { LastAt = at, Head = made };
            return (branch, chain.Head, made);
        }

        if (at <= chain.FirstAt)
        {
            _chains[branch] = chain with { FirstAt = at, Before = other };
            return (branch, other, chain.Before);
        }

        return OwnBranch(made, other);
    }

    /// <summary>A branch that has no other push.</summary>
    public static (string Branch, string Before, string Head) OwnBranch(string made, string other) => ($"topic/{made[..12]}", other, made);

    private readonly record struct Chain(DateTimeOffset FirstAt, string Before, DateTimeOffset LastAt, string Head);
}
