using System.Globalization;
using System.Text.Json;
using GitHubSimulator.World;

namespace GitHubSimulator.Events;

/// <summary>What a payload is about, and the pieces that several kinds have in common.</summary>
/// <param name="Identity">The repository's name and owner at the time.</param>
internal sealed record PayloadContext(
    SimulatedRepository Repository, RepositoryIdentity Identity, Actor Actor, DateTimeOffset At, Random Random)
{
    private const string Hexadecimal = "0123456789abcdef";

    private static readonly string[] Branches =
    [
        "main", "dev", "release/10.0", "fix/flaky-test", "feature/faster-startup", "dependabot/nuget/xunit"
    ];
    private static readonly string[] Titles =
    [
        "Fix a race at shutdown", "Update dependencies", "Clarify the readme", "Crash on an empty file", "Slow start – why? 🐢"
    ];

    /// <summary>Where the repository's branches point; null for an event that is made again each time it is shown.</summary>
    public BranchHeads? Heads { get; init; }

    /// <summary>As before October 2025.</summary>
    public bool IsOldForm { get; init; }

    public string RepositoryUrl => $"https://api.github.com/repos/{Identity.FullName}";

    public string HtmlUrl => $"https://github.com/{Identity.FullName}";

    public string Branch() => Pick(Branches);

    public string Title() => Pick(Titles);

    public int Number() => Random.Next(1, 100_000);

    public long Id() => Random.NextInt64(1_000_000_000, 40_000_000_000);

    public string Sha() => string.Create(40, Random, static (characters, random) =>
    {
        foreach (ref var c in characters)
            c = Hexadecimal[random.Next(16)];
    });

    public T Pick<T>(params ReadOnlySpan<T> choices) => choices[Random.Next(choices.Length)];

    public void WriteUser(Utf8JsonWriter json, string property)
    {
        json.WriteStartObject(property);
        json.WriteString("login", Actor.Login);
        json.WriteNumber("id", Actor.Id);
        json.WriteString("url", $"https://api.github.com/users/{Actor.Login}");
        json.WriteString("html_url", $"https://github.com/{Actor.Login}");
        json.WriteString("type", Actor.Login == Actor.DisplayLogin ? "User" : "Bot");
        json.WriteBoolean("site_admin", false);
        json.WriteEndObject();
    }

    public void WriteComment(Utf8JsonWriter json, string parentUrl)
    {
        var id = Id();
        json.WriteStartObject("comment");
        json.WriteString("url", $"{RepositoryUrl}/comments/{id.ToString(CultureInfo.InvariantCulture)}");
        json.WriteString("html_url", $"{parentUrl}#comment-{id.ToString(CultureInfo.InvariantCulture)}");
        json.WriteNumber("id", id);
        WriteUser(json, "user");
        json.WriteString("created_at", GitHubTime.Format(At));
        json.WriteString("updated_at", GitHubTime.Format(At));
        json.WriteString("author_association", "CONTRIBUTOR");
        json.WriteString("body", "Looks good to me, with one question below.");
        json.WriteEndObject();
    }
}
