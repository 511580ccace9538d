namespace RepoPulse.Configuration;

internal static class StatisticsSchema
{
    public static readonly ScalarSetting<TimeSpan> WindowDuration =
        new("Statistics:WindowDuration", Duration.Between(TimeSpan.FromSeconds(1), CollectorSchema.Century))
        {
            Default = TimeSpan.FromDays(7),
            Description = "How far back a window reaches in time, at most `Collector:RetentionPeriod`; it ends at this or at " +
                "`Statistics:WindowEvents`, whichever is less.",
        };

    public static readonly ScalarSetting<int> WindowEvents = new("Statistics:WindowEvents", ValueFormats.Integer(1, 1_000_000))
    {
        Default = 500,
        Description = "The most events that a window holds.",
    };

    public static readonly ScalarSetting<int> BatchSize = new("Statistics:BatchSize", ValueFormats.Integer(1, 1_000_000))
    {
        Default = 1000,
        Description = "The most events that are read into memory at once to be counted.",
    };

    public static IReadOnlyList<Setting> All { get; } = [WindowDuration, WindowEvents, BatchSize];
}
