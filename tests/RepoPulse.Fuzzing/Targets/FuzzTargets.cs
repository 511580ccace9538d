namespace RepoPulse.Fuzzing.Targets;

/// <summary>Every parser that takes outside input.</summary>
internal static class FuzzTargets
{
    private static readonly IReadOnlyDictionary<string, Func<FuzzTarget>> Makers = new Dictionary<string, Func<FuzzTarget>>(
        StringComparer.Ordinal)
    {
        ["event-line"] = () => new EventLineTarget(),
        ["feed-page"] = () => new FeedPageTarget(),
        ["archive"] = () => new ArchiveTarget(),
        ["webhook"] = () => new WebhookTarget(),
        ["cursor"] = () => new CursorTarget(),
        ["position"] = () => new PositionTarget(),
        ["api"] = () => new ApiTarget(),
        ["kafka"] = () => new KafkaTarget(),
        ["configuration"] = () => new ConfigurationTarget(),
        ["github"] = () => new GitHubTarget(),
        ["statistics"] = () => new StatisticsTarget(),
        ["name"] = () => new NameTarget(),
    };

    /// <summary>The sum of all shares.</summary>
    public const int Shares = 1_000;

    public static IEnumerable<string> Names => Makers.Keys;

    /// <param name="name">One of them; null for all.</param>
    public static IReadOnlyList<FuzzTarget> Create(string? name = null) =>
        [.. Makers.Where(maker => name is null || maker.Key == name).Select(maker => maker.Value())];
}
