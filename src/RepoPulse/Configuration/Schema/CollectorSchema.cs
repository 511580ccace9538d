using RepoPulse.Collector;

namespace RepoPulse.Configuration;

internal static class CollectorSchema
{
    /// <summary>The longest window and retention period short of for ever: a century.</summary>
    public static readonly TimeSpan Century = TimeSpan.FromDays(36_525);

    public static readonly ListSetting<RepositoryName> Repositories = new("Collector:Repositories", ValueFormats.Repository)
    {
        Place = Sections.Parts.Of(options => options.Repositories, (options, value) => options with { Repositories = value }),
        Description = "The repositories to watch; they are stored whether or not the API shows them.",
    };

    public static readonly ListSetting<FeedAddress> Organizations = new("Collector:Organizations", ValueFormats.Organization)
    {
        Place = Sections.Parts.Of(options => options.Organizations, (options, value) => options with { Organizations = value }),
        Description = "The organizations of whose feeds every event is followed.",
    };

    public static readonly ScalarSetting<TimeSpan> MinPollInterval = new("Collector:MinPollInterval", PollInterval)
    {
        Place = Sections.Collector.Of(options => options.MinPollInterval, (options, value) => options with { MinPollInterval = value }),
        Description = "The least time between two polls of a feed, at most `Collector:MaxPollInterval`; GitHub's `X-Poll-Interval` " +
            "wins where it is longer.",
    };

    public static readonly ScalarSetting<TimeSpan> MaxPollInterval = new("Collector:MaxPollInterval", PollInterval)
    {
        Place = Sections.Collector.Of(options => options.MaxPollInterval, (options, value) => options with { MaxPollInterval = value }),
        Description = "The most time between two polls of a feed; GitHub's `X-Poll-Interval` wins where it is longer.",
    };

    public static readonly ScalarSetting<TimeSpan> ConfirmInterval =
        new("Collector:ConfirmInterval", Duration.Between(TimeSpan.FromSeconds(1), TimeSpan.FromDays(30)))
        {
            Place = Sections.Collector.Of(
                options => options.ConfirmInterval, (options, value) => options with { ConfirmInterval = value }),
            Description = "How often at least a feed is read without conditions, by another account's token where there is one: a 304 " +
                "alone proves nothing for longer.",
        };

    public static readonly ScalarSetting<EvidenceMode> Evidence = new("Collector:Evidence", ValueFormats.Choice(
        [("declare", EvidenceMode.Declare), ("report", EvidenceMode.Report), ("off", EvidenceMode.Off)]))
    {
        Place = Sections.Collector.Of(options => options.Evidence, (options, value) => options with { Evidence = value }),
        Description = "What broken evidence does, such as a push that does not begin where the one before it ended: `declare` a gap, " +
            "`report` it only, `off`.",
    };

    public static readonly ScalarSetting<string?> Name = new("Collector:Name", ValueFormats.Text("1 to 100 characters", maxLength: 100))
    {
        Place = Sections.Parts.Of(options => options.CollectorName, (options, value) => options with { CollectorName = value }),
        DefaultInWords = "the machine's name",
        Description = "What this collector's list is registered under; the list is replaced at each start and lapses a day after the " +
            "collector was last seen.",
    };

    public static readonly ScalarSetting<TimeSpan?> RetentionPeriod =
        new("Collector:RetentionPeriod", Duration.BetweenOrForever(TimeSpan.FromSeconds(1), Century))
        {
            Place = Sections.Collector.Of(options => options.RetentionPeriod, (options, value) => options with { RetentionPeriod = value }),
            Description = "Older events are deleted, and one that is older on arrival is counted and not stored; `forever` keeps an " +
                "archive.",
        };

    public static readonly ListSetting<string> Urls = new("Collector:Urls", AddressFormats.Listen)
    {
        EmptyProblem = AddressFormats.NoAddress,
        Place = Sections.Urls.Of(options => options.Collector, (options, value) => options with { Collector = value }),
        Description = "Where `collect` serves health and metrics, and takes webhooks.",
    };

    public static IReadOnlyList<Setting> All { get; } =
        [Repositories, Organizations, MinPollInterval, MaxPollInterval, ConfirmInterval, Evidence, Name, RetentionPeriod, Urls];

    private static ValueFormat<TimeSpan> PollInterval => Duration.Between(TimeSpan.FromMilliseconds(100), TimeSpan.FromDays(1));
}
