namespace RepoPulse.Configuration;

internal static class LoggingSchema
{
    public static readonly ScalarSetting<LogLevel> Level = new(
        "Logging:Level",
        ValueFormats.Choice(
        [
            ("Trace", LogLevel.Trace), ("Debug", LogLevel.Debug), ("Information", LogLevel.Information),
            ("Warning", LogLevel.Warning), ("Error", LogLevel.Error), ("Critical", LogLevel.Critical), ("None", LogLevel.None),
        ]))
    {
        Place = Sections.Logging.Of(options => options.Level, (options, value) => options with { Level = value }),
        Description = "The least important messages that are logged.",
    };

    public static readonly ScalarSetting<LogFormat> Format =
        new("Logging:Format", ValueFormats.Choice([("text", LogFormat.Text), ("json", LogFormat.Json)]))
        {
            Place = Sections.Logging.Of(options => options.Format, (options, value) => options with { Format = value }),
            Description = "`text` for people, `json` for machines.",
        };

    public static IReadOnlyList<Setting> All { get; } = [Level, Format];
}
