namespace RepoPulse.Configuration;

internal static class CollectorSchema
{
    /// <summary>The longest window and retention period short of for ever: a century.</summary>
    public static readonly TimeSpan Century = TimeSpan.FromDays(36_525);

    public static readonly ListSetting<RepositoryName> Repositories = new("Collector:Repositories", ValueFormats.Repository)
    {
        Default = [],
        Description = "The repositories to watch; they are stored whether or not the API shows them.",
    };

    public static readonly ListSetting<FeedAddress> Organizations = new("Collector:Organizations", ValueFormats.Organization)
    {
        Default = [],
        Description = "The organizations of whose feeds every event is followed.",
    };

    public static readonly ScalarSetting<TimeSpan> MinPollInterval = new("Collector:MinPollInterval", PollInterval)
    {
        Default = TimeSpan.FromMinutes(1),
        Description = "The least time between two polls of a feed, at most `Collector:MaxPollInterval`; GitHub's `X-Poll-Interval` " +
            "wins where it is longer.",
    };

    public static readonly ScalarSetting<TimeSpan> MaxPollInterval = new("Collector:MaxPollInterval", PollInterval)
    {
        Default = TimeSpan.FromMinutes(15),
        Description = "The most time between two polls of a feed; GitHub's `X-Poll-Interval` wins where it is longer.",
    };

    public static readonly ScalarSetting<string?> Name = new("Collector:Name", ValueFormats.Text("1 to 100 characters", maxLength: 100))
    {
        Default = null,
        DefaultInWords = "the machine's name",
        Description = "What this collector's list is registered under; the list is replaced at each start and lapses a day after the " +
            "collector was last seen.",
    };

    public static readonly ScalarSetting<TimeSpan?> RetentionPeriod =
        new("Collector:RetentionPeriod", Duration.BetweenOrForever(TimeSpan.FromSeconds(1), Century))
        {
            Default = TimeSpan.FromDays(7),
            Description = "Older events are deleted, and one that is older on arrival is counted and not stored; `forever` keeps an " +
                "archive.",
        };

    public static readonly ListSetting<string> Urls = new("Collector:Urls", AddressFormats.Listen)
    {
        EmptyProblem = AddressFormats.NoAddress,
        Default = ["http://127.0.0.1:8081"],
        Description = "Where `collect` serves health and metrics, and takes webhooks.",
    };

    public static IReadOnlyList<Setting> All { get; } =
        [Repositories, Organizations, MinPollInterval, MaxPollInterval, Name, RetentionPeriod, Urls];

    private static ValueFormat<TimeSpan> PollInterval => Duration.Between(TimeSpan.FromMilliseconds(100), TimeSpan.FromDays(1));
}
