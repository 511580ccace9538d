using RepoPulse.Api;
using RepoPulse.Collector;
using RepoPulse.Collector.Webhooks;
using RepoPulse.GitHub;
using RepoPulse.Kafka;
using RepoPulse.Statistics;

namespace RepoPulse.Configuration;

/// <summary>The option that a setting fills, as it is read and as it is set. What it reads of untouched settings is the default.</summary>
internal sealed record SettingPlace<T>(Func<RepoPulseSettings, T> Get, Func<RepoPulseSettings, T, RepoPulseSettings> With);

/// <summary>The options of one module, or a part of the program's own.</summary>
internal sealed record Section<TOptions>(
    Func<RepoPulseSettings, TOptions> Get, Func<RepoPulseSettings, TOptions, RepoPulseSettings> With)
{
    public SettingPlace<T> Of<T>(Func<TOptions, T> get, Func<TOptions, T, TOptions> with) =>
        new(settings => get(Get(settings)), (settings, value) => With(settings, with(Get(settings), value)));
}

internal static class Sections
{
    public static Section<GitHubOptions> GitHub { get; } = new(all => all.GitHub, (all, part) => all with { GitHub = part });

    public static Section<CollectorOptions> Collector { get; } = new(all => all.Collector, (all, part) => all with { Collector = part });

    public static Section<AggregatorOptions> Statistics { get; } =
        new(all => all.Statistics, (all, part) => all with { Statistics = part });

    public static Section<ApiOptions> Api { get; } = new(all => all.Api, (all, part) => all with { Api = part });

    public static Section<KafkaOptions> Kafka { get; } = new(all => all.Kafka, (all, part) => all with { Kafka = part });

    public static Section<WebhookOptions> Webhooks { get; } = new(all => all.Webhooks, (all, part) => all with { Webhooks = part });

    public static Section<StorageSettings> Storage { get; } = new(all => all.Storage, (all, part) => all with { Storage = part });

    public static Section<ServerSettings> Server { get; } = new(all => all.Server, (all, part) => all with { Server = part });

    public static Section<UrlSettings> Urls { get; } = new(all => all.Urls, (all, part) => all with { Urls = part });

    public static Section<LoggingSettings> Logging { get; } = new(all => all.Logging, (all, part) => all with { Logging = part });

    public static Section<SettingParts> Parts { get; } = new(all => all.Parts, (all, part) => all with { Parts = part });
}
