using Microsoft.Extensions.Logging;
using RepoPulse.Configuration;

namespace RepoPulse.UnitTests.Configuration;

public sealed class DefaultsTests
{
    [Fact]
    public void Without_any_source_every_setting_has_its_default()
    {
        using var fixture = new SettingsFixture();
        var settings = fixture.Settings();

        Assert.Equal(new Uri("https://api.github.com"), settings.GitHub.ApiUrl);
        Assert.Empty(settings.GitHub.Tokens);
        Assert.Equal(TimeSpan.FromSeconds(30), settings.GitHub.RequestTimeout);
        Assert.Equal(900, settings.GitHub.MaxRequestsPerMinute);
        Assert.Equal(80, settings.GitHub.MaxConcurrentRequests);
        Assert.Empty(settings.Collector.Feeds);
        Assert.Equal(TimeSpan.FromMinutes(1), settings.Collector.MinPollInterval);
        Assert.Equal(TimeSpan.FromMinutes(15), settings.Collector.MaxPollInterval);
        Assert.Equal("machine", settings.Collector.Name);
        Assert.Equal(TimeSpan.FromDays(7), settings.Collector.RetentionPeriod);
        Assert.Equal(["http://127.0.0.1:8081"], settings.Urls.Collector);
        Assert.Equal(["http://127.0.0.1:8082"], settings.Urls.Aggregator);
        Assert.Equal(["http://127.0.0.1:8083"], settings.Urls.Archiver);
        Assert.Equal(TimeSpan.FromDays(7), settings.Statistics.Window.Duration);
        Assert.Equal(500, settings.Statistics.Window.MaxEvents);
        Assert.Equal(1000, settings.Statistics.BatchSize);
        Assert.Equal(["http://127.0.0.1:8080"], settings.Urls.Api);
        Assert.Equal(["*"], settings.Api.Repositories);
        Assert.Empty(settings.Api.Keys);
        Assert.True(settings.Api.PublicBadges);
        Assert.Empty(settings.Api.AllowedOrigins);
        Assert.Null(settings.Api.RequestsPerMinute);
        Assert.Equal(2_000, settings.Api.MaxStreams);
        Assert.Equal(1_500, settings.Api.MaxStreamsPerClient);
        Assert.Equal(StorageProvider.Sqlite, settings.Storage.Provider);
        Assert.Equal("Data Source=repopulse.db", settings.Storage.ConnectionString);
        Assert.False(settings.Storage.IsSet);
        Assert.Equal(EventLogProvider.Sql, settings.EventLog);
        Assert.Equal("repopulse.", settings.Kafka.TopicPrefix);
        Assert.Equal(12, settings.Kafka.Partitions);
        Assert.Empty(settings.Kafka.BootstrapServers);
        Assert.Empty(settings.Kafka.Client);
        Assert.False(settings.HasWebhooks);
        Assert.Equal(LogLevel.Information, settings.Logging.Level);
        Assert.Equal(LogFormat.Text, settings.Logging.Format);
    }

    [Fact]
    public void An_empty_value_says_the_default_over_what_a_lower_source_says()
    {
        using var fixture = new SettingsFixture();
        fixture.WithFile("""{"Statistics": {"BatchSize": 5}}""").WithVariable("REPOPULSE__Statistics__BatchSize", "");

        Assert.Equal(1000, fixture.Settings().Statistics.BatchSize);
    }
}
