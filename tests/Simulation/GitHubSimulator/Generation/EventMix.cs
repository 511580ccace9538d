using GitHubSimulator.Chance;

namespace GitHubSimulator.Generation;

/// <summary>Which types a busy repository's events are of. The shares are made up, to look like a large project's.</summary>
internal static class EventMix
{
    private static readonly (string Type, int PerMille)[] Shares =
    [
        ("IssueCommentEvent", 240),
        ("PushEvent", 160),
        ("WatchEvent", 150),
        ("PullRequestEvent", 120),
        ("PullRequestReviewEvent", 80),
        ("PullRequestReviewCommentEvent", 75),
        ("IssuesEvent", 70),
        ("ForkEvent", 40),
        ("CreateEvent", 25),
        ("DeleteEvent", 22),
        ("DiscussionEvent", 8),
        ("ReleaseEvent", 4),
        ("GollumEvent", 3),
        ("CommitCommentEvent", 2),
        ("MemberEvent", 1),
    ];

    private static readonly string[] NewTypes = ["HologramEvent", "SidequestEvent", "ErrandEvent"];

    private static readonly int Total = Shares.Sum(share => share.PerMille);

    /// <param name="newTypeShare">Of events: those of types that nobody has seen before.</param>
    public static string Draw(ref Draws draws, double newTypeShare)
    {
        if (draws.Happens(newTypeShare))
            return draws.Pick<string>(NewTypes);
        var drawn = draws.Next(Total);
        foreach (var (type, share) in Shares)
        {
            drawn -= share;
            if (drawn < 0)
                return type;
        }

        return Shares[0].Type;
    }
}
