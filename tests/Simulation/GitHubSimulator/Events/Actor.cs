using GitHubSimulator.World;

namespace GitHubSimulator.Events;

/// <summary>Who did it.</summary>
internal sealed record Actor(string Login)
{
    private const string BotSuffix = "[bot]";

    private static readonly string[] Bots = ["dependabot[bot]", "github-actions[bot]", "renovate[bot]"];
    private static readonly string[] Moods =
    [
        "quiet", "amber", "brisk", "copper", "early", "fable", "gentle", "hazel", "ivory", "lunar", "mellow", "nimble"
    ];
    private static readonly string[] Creatures = ["otter", "heron", "lynx", "wren", "badger", "newt", "swift", "marten", "ibex", "crane"];

    public long Id { get; } = StableId.Of(Login);

    /// <summary>Without what marks a bot.</summary>
    public string DisplayLogin => Login.EndsWith(BotSuffix, StringComparison.Ordinal) ? Login[..^BotSuffix.Length] : Login;

    /// <summary>One in ten is a bot.</summary>
    public static Actor Draw(Random random) => new(random.Next(10) == 0
        ? Bots[random.Next(Bots.Length)]
        : $"{Moods[random.Next(Moods.Length)]}-{Creatures[random.Next(Creatures.Length)]}{random.Next(100)}");
}
