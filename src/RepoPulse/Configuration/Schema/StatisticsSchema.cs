namespace RepoPulse.Configuration;

internal static class StatisticsSchema
{
    public static readonly ScalarSetting<TimeSpan> WindowDuration =
        new("Statistics:WindowDuration", Duration.Between(TimeSpan.FromSeconds(1), CollectorSchema.Century))
        {
            Place = Sections.Statistics.Of(
                options => options.Window.Duration, (options, value) => options with { Window = options.Window with { Duration = value } }),
            Description = "How far back a window reaches in time, at most `Collector:RetentionPeriod`; it ends at this or at " +
                "`Statistics:WindowEvents`, whichever is less.",
        };

    public static readonly ScalarSetting<int> WindowEvents = new("Statistics:WindowEvents", ValueFormats.Integer(1, 1_000_000))
    {
        Place = Sections.Statistics.Of(
            options => options.Window.MaxEvents, (options, value) => options with { Window = options.Window with { MaxEvents = value } }),
        Description = "The most events that a window holds.",
    };

    public static readonly ScalarSetting<int> BatchSize = new("Statistics:BatchSize", ValueFormats.Integer(1, 1_000_000))
    {
        Place = Sections.Statistics.Of(options => options.BatchSize, (options, value) => options with { BatchSize = value }),
        Description = "The most events that are read into memory at once to be counted.",
    };

    public static IReadOnlyList<Setting> All { get; } = [WindowDuration, WindowEvents, BatchSize];
}
