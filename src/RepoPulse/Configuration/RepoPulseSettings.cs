using System.Collections.Immutable;
using RepoPulse.Api;
using RepoPulse.Collector;
using RepoPulse.Collector.Webhooks;
using RepoPulse.GitHub;
using RepoPulse.Hosting;
using RepoPulse.Kafka;
using RepoPulse.Statistics;

namespace RepoPulse.Configuration;

/// <summary>
/// The whole configuration: the options of each module, and what the program itself needs. Each line of <see cref="SettingsSchema"/> names
/// the option that it fills; the defaults are those that stand here and in the modules.
/// </summary>
internal sealed record RepoPulseSettings
{
    public GitHubOptions GitHub { get; init; } = new();

    public CollectorOptions Collector { get; init; } = new() { Name = "" };

    public AggregatorOptions Statistics { get; init; } = new();

    public ApiOptions Api { get; init; } = new();

    public KafkaOptions Kafka { get; init; } = new() { BootstrapServers = [], Client = ImmutableDictionary<string, string>.Empty };

    /// <summary>Without a secret webhooks are switched off.</summary>
    public WebhookOptions Webhooks { get; init; } = new() { Secret = "" };

    public bool HasWebhooks => Webhooks.Secret.Length > 0;

    public StorageSettings Storage { get; init; } = new();

    public EventLogProvider EventLog { get; init; }

    public bool IsKafka => EventLog == EventLogProvider.Kafka;

    public ServerSettings Server { get; init; } = new();

    public UrlSettings Urls { get; init; } = new();

    public LoggingSettings Logging { get; init; } = new();

    /// <summary>What several options say together, or in parts.</summary>
    internal SettingParts Parts { get; init; } = new();

    /// <summary>Whether nothing is configured to ask with, so that the machine's address is all there is.</summary>
    public bool IsAnonymous => GitHub.Tokens.Count == 0 && GitHub.App is null;

    /// <summary>Fills the options that follow from several settings.</summary>
    public RepoPulseSettings Complete(IReadOnlyList<RepositoryName> addedRepositories, SettingsHost host) => this with
    {
        // All three keys of an App are given, or none.
        GitHub = GitHub with
        {
            App = Parts is { AppId: { } id, InstallationId: { } installation, PrivateKey: { } key }
                ? new() { Id = id, InstallationId = installation, PrivateKey = key }
                : null,
        },
        Collector = Collector with
        {
            Name = Parts.CollectorName ?? host.MachineName,
            Feeds = [.. Parts.Repositories.Concat(addedRepositories)
                .Select(FeedAddress.OfRepository)
                .Concat(Parts.Organizations)
                .Distinct()],
            MaxConcurrentPolls = GitHub.MaxConcurrentRequests,
        },
        Api = Api with { AllowedHosts = Parts.AllowedHosts ?? AllowedHosts.DefaultFor(Urls.Api), Window = Statistics.Window },
        Kafka = Kafka with { RetentionPeriod = Collector.RetentionPeriod },
        Server = Server with
        {
            Tls = TlsSettings.Of(Parts.CertificateFile, Parts.KeyFile, host.WorkingFolder),
        },
    };
}

/// <summary>Settings that fill an option only together, or only where they are given.</summary>
internal sealed record SettingParts
{
    public string? AppId { get; init; }

    public long? InstallationId { get; init; }

    public AppPrivateKey? PrivateKey { get; init; }

    public string? CollectorName { get; init; }

    public IReadOnlyList<RepositoryName> Repositories { get; init; } = [];

    public IReadOnlyList<FeedAddress> Organizations { get; init; } = [];

    public IReadOnlyList<string>? AllowedHosts { get; init; }

    public string? CertificateFile { get; init; }

    public string? KeyFile { get; init; }
}

internal enum EventLogProvider
{
    Sql,
    Kafka,
}

internal enum LogFormat
{
    /// <summary>For people.</summary>
    Text,

    /// <summary>For machines: one JSON object a line.</summary>
    Json,
}

internal sealed record LoggingSettings
{
    public LogLevel Level { get; init; } = LogLevel.Information;

    public LogFormat Format { get; init; }
}

internal sealed record ServerSettings
{
    public int MaxConnections { get; init; } = ListenerLimits.DefaultMaxConnections;

    /// <summary>Null where no certificate is configured.</summary>
    public TlsSettings? Tls { get; init; }
}

internal enum StorageProvider
{
    Sqlite,
    Postgres,
}

internal sealed record StorageSettings
{
    public StorageProvider Provider { get; init; }

    public string ConnectionString { get; init; } = "Data Source=repopulse.db";

    /// <summary>Whether the connection string was given, and is not the default.</summary>
    public bool IsSet { get; init; }
}

/// <summary>Where the certificate and its private key are, as full paths.</summary>
internal sealed record TlsSettings(string CertificateFile, string KeyFile)
{
    /// <summary>Null where not both of the files are given.</summary>
    public static TlsSettings? Of(string? certificateFile, string? keyFile, string workingFolder) =>
        certificateFile is null || keyFile is null
            ? null
            : new(Path.GetFullPath(certificateFile, workingFolder), Path.GetFullPath(keyFile, workingFolder));
}

/// <summary>Where each role listens, such as <c>http://127.0.0.1:8080</c> or <c>http://*:80</c>.</summary>
internal sealed record UrlSettings
{
    public IReadOnlyList<string> Api { get; init; } = ["http://127.0.0.1:8080"];

    public IReadOnlyList<string> Collector { get; init; } = ["http://127.0.0.1:8081"];

    public IReadOnlyList<string> Aggregator { get; init; } = ["http://127.0.0.1:8082"];

    public IReadOnlyList<string> Archiver { get; init; } = ["http://127.0.0.1:8083"];
}
