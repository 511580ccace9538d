using RepoPulse.Configuration;

namespace RepoPulse.UnitTests.Configuration;

public sealed class ConfigurationReferenceTests
{
    private const string Update = "REPOPULSE_UPDATE_DOCS";

    [Fact]
    public void The_reference_says_what_the_schema_says()
    {
        var path = Path.Combine(RepositoryRoot(), "docs", "configuration.md");
        var rendered = ConfigurationReference.Render();
        if (Environment.GetEnvironmentVariable(Update) == "1")
            File.WriteAllText(path, rendered);

        var committed = File.Exists(path) ? File.ReadAllText(path) : "";
        Assert.True(
            committed == rendered,
            $"{path} is not what the schema says. Run this test with {Update}=1 to refresh it, and commit the result.");
    }

    [Fact]
    public void Every_key_is_described_in_a_sentence_and_named_once()
    {
        Assert.All(SettingsSchema.All, setting => Assert.EndsWith(".", setting.Description, StringComparison.Ordinal));
        Assert.Equal(SettingsSchema.Keys.Count, SettingsSchema.Keys.Distinct(StringComparer.OrdinalIgnoreCase).Count());
    }

    [Fact]
    public void The_keys_are_those_that_were_promised()
    {
        string[] promised =
        [
            "GitHub:ApiUrl", "GitHub:Tokens", "GitHub:TokensFile", "GitHub:App:Id", "GitHub:App:InstallationId",
            "GitHub:App:PrivateKeyFile",
            "GitHub:RequestTimeout", "GitHub:MaxRequestsPerMinute", "GitHub:MaxConcurrentRequests", "Collector:Repositories",
            "Collector:Organizations",
            "Collector:MinPollInterval", "Collector:MaxPollInterval", "Collector:ConfirmInterval", "Collector:Evidence", "Collector:Name",
            "Collector:RetentionPeriod",
            "Statistics:WindowDuration",
            "Statistics:WindowEvents", "Statistics:BatchSize", "Api:Urls", "Collector:Urls", "Aggregator:Urls", "Archiver:Urls",
            "Api:Repositories",
            "Api:Keys", "Api:KeysFile", "Api:PublicBadges", "Api:AllowedOrigins", "Api:AllowedHosts", "Api:RequestsPerMinute",
            "Api:MaxStreams", "Api:MaxStreamsPerClient", "Api:TrustedProxies", "Storage:Provider", "Storage:ConnectionString",
            "Storage:ConnectionStringFile", "EventLog:Provider", "Kafka:BootstrapServers", "Kafka:TopicPrefix", "Kafka:Partitions",
            "Webhooks:Secret", "Webhooks:SecretFile", "Webhooks:MaxBytesInFlight", "Webhooks:BodyTimeout", "Server:MaxConnections",
            "Tls:CertificateFile", "Tls:KeyFile", "Logging:Level", "Logging:Format",
        ];

        var keys = SettingsSchema.Keys.Where(key => !key.StartsWith("Kafka:Security:", StringComparison.Ordinal));
        Assert.Equal(promised.Order(StringComparer.Ordinal), keys.Order(StringComparer.Ordinal));
    }

    private static string RepositoryRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "RepoPulse.slnx")))
            folder = folder.Parent;
        return folder?.FullName ?? throw new InvalidOperationException("RepoPulse.slnx was not found above the tests.");
    }
}
