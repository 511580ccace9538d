using System.Text;

namespace RepoPulse.Api.Badges;

/// <summary>What people call an event of a type, and several of them.</summary>
internal sealed record EventNoun(string One, string Many)
{
    private const string Suffix = "Event";

    private static readonly EventNoun Any = new("event", "events");

    /// <summary>Only types of which every event is one of these: an issue's event may be that it was closed.</summary>
    private static readonly Dictionary<string, EventNoun> Known = new(StringComparer.Ordinal)
    {
        ["CommitCommentEvent"] = new("commit comment", "commit comments"),
        ["ForkEvent"] = new("fork", "forks"),
        ["IssueCommentEvent"] = new("issue comment", "issue comments"),
        ["PushEvent"] = new("push", "pushes"),
        ["ReleaseEvent"] = new("release", "releases"),
        ["WatchEvent"] = new("star", "stars"),
    };

    public static EventNoun Of(EventType type)
    {
        if (type == EventType.All)
            return Any;
        if (Known.TryGetValue(type.Name, out var noun))
            return noun;
        var words = Words(type.Name.EndsWith(Suffix, StringComparison.Ordinal) ? type.Name[..^Suffix.Length] : type.Name);
        return words.Length == 0 ? Any : new($"{words} {Any.One}", $"{words} {Any.Many}");
    }

    /// <summary><c>PullRequestReview</c> as <c>pull request review</c>; a run of capitals stays one word.</summary>
    private static string Words(string name)
    {
        var words = new StringBuilder();
        for (var i = 0; i < name.Length; i++)
        {
            if (i > 0 && char.IsAsciiLetterUpper(name[i]) && char.IsAsciiLetterLower(name[i - 1]))
                words.Append(' ');
            words.Append(char.ToLowerInvariant(name[i]));
        }

        return words.ToString();
    }
}
