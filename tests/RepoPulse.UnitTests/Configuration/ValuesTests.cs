using RepoPulse.Configuration;

namespace RepoPulse.UnitTests.Configuration;

public sealed class ValuesTests : IDisposable
{
    private readonly SettingsFixture _fixture = new();

    [Theory]
    [InlineData("GitHub:ApiUrl", "api.github.com")]
    [InlineData("GitHub:ApiUrl", "ftp://host")]
    [InlineData("GitHub:ApiUrl", "/api")]
    [InlineData("GitHub:ApiUrl", "https://host?x=1")]
    [InlineData("GitHub:RequestTimeout", "0")]
    [InlineData("GitHub:RequestTimeout", "00:00:00")]
    [InlineData("GitHub:RequestTimeout", "00:10:01")]
    [InlineData("GitHub:MaxRequestsPerMinute", "0")]
    [InlineData("GitHub:MaxRequestsPerMinute", "100001")]
    [InlineData("GitHub:MaxRequestsPerMinute", "many")]
    [InlineData("GitHub:MaxConcurrentRequests", "1.5")]
    [InlineData("GitHub:MaxConcurrentRequests", "99999999999999999999")]
    [InlineData("Collector:Repositories", "dotnet")]
    [InlineData("Collector:Repositories", "dotnet/runtime/issues")]
    [InlineData("Collector:Repositories", "dotnet/*")]
    [InlineData("Collector:Organizations", "dotnet/runtime")]
    [InlineData("Collector:MinPollInterval", "-00:01:00")]
    [InlineData("Collector:MaxPollInterval", "25h")]
    [InlineData("Collector:RetentionPeriod", "never")]
    [InlineData("Collector:Urls", "http://host/base")]
    [InlineData("Aggregator:Urls", "nonsense")]
    [InlineData("Archiver:Urls", "tcp://host:1")]
    [InlineData("Statistics:WindowEvents", "-5")]
    [InlineData("Statistics:BatchSize", "1e3")]
    [InlineData("Api:Urls", "127.0.0.1:8080")]
    [InlineData("Api:Urls", "http://host:99999")]
    [InlineData("Api:Urls", "http://host:port")]
    [InlineData("Api:Repositories", "!*")]
    [InlineData("Api:Repositories", "own*/name")]
    [InlineData("Api:Repositories", "owner/na*")]
    [InlineData("Api:Repositories", "owner")]
    [InlineData("Api:PublicBadges", "yes")]
    [InlineData("Api:RequestsPerMinute", "0")]
    [InlineData("Api:RequestsPerMinute", "1000001")]
    [InlineData("Api:MaxStreams", "0")]
    [InlineData("Api:MaxStreams", "100001")]
    [InlineData("Api:MaxStreamsPerClient", "0")]
    [InlineData("Api:AllowedOrigins", "https://host/path")]
    [InlineData("Api:AllowedOrigins", "https://host:443")]
    [InlineData("Api:AllowedOrigins", "file://\u202e")]
    [InlineData("GitHub:ApiUrl", "file://\u202e")]
    [InlineData("GitHub:ApiUrl", "http://\u202e")]
    [InlineData("Api:AllowedOrigins", "http://121:808")]
    [InlineData("Api:TrustedProxies", "10.0.0.0/33")]
    [InlineData("Storage:Provider", "Oracle")]
    [InlineData("EventLog:Provider", "1")]
    [InlineData("Kafka:BootstrapServers", "localhost")]
    [InlineData("Kafka:BootstrapServers", "localhost:0")]
    [InlineData("Kafka:BootstrapServers", "localhost:99999")]
    [InlineData("Kafka:BootstrapServers", "::1:9092")]
    [InlineData("Kafka:BootstrapServers", ":9092")]
    [InlineData("Kafka:BootstrapServers", "[::1]")]
    [InlineData("Kafka:BootstrapServers", "http://host:9092")]
    [InlineData("Kafka:TopicPrefix", "repo pulse")]
    [InlineData("Kafka:TopicPrefix", "événements.")]
    [InlineData("Kafka:TopicPrefix", "a/b")]
    [InlineData("Kafka:Partitions", "0")]
    [InlineData("Kafka:Partitions", "10001")]
    [InlineData("Kafka:Security:Protocol", "tls")]
    [InlineData("Kafka:Security:SaslMechanism", "SCRAM")]
    [InlineData("Kafka:Security:SslEndpointIdentificationAlgorithm", "http")]
    [InlineData("Kafka:Security:EnableSslCertificateVerification", "no")]
    [InlineData("Logging:Level", "Verbose")]
    [InlineData("Logging:Format", "xml")]
    public void A_wrong_value_is_reported_with_what_is_allowed(string key, string value)
    {
        var fault = _fixture.Fault($"--{key}={value}");

        Assert.Equal(key, fault.Key);
        Assert.Equal(SettingsSchema.All.Single(setting => setting.Key == key).MayHoldSecret ? null : value, fault.Value);
        Assert.Equal(SettingsSchema.All.Single(setting => setting.Key == key).Allowed, fault.Allowed);
        Assert.Equal($"the option --{key}", fault.Origin);
    }

    [Theory]
    [InlineData("Api:Urls", "http://*:8080")]
    [InlineData("Api:Urls", "http://+:80")]
    [InlineData("Api:Urls", "http://127.0.0.1:0")]
    [InlineData("Api:Urls", "http://[::1]:8080/")]
    [InlineData("Api:Urls", "http://unix:/run/repopulse.sock")]
    [InlineData("Api:AllowedOrigins", "*")]
    [InlineData("Api:AllowedHosts", "localhost *.example.org [::1]")]
    [InlineData("Api:RequestsPerMinute", "None")]
    [InlineData("Api:AllowedOrigins", "http://localhost:3000")]
    [InlineData("Api:Repositories", "* !a/b !c/* d/e f/*")]
    [InlineData("Api:PublicBadges", "FALSE")]
    [InlineData("Api:TrustedProxies", "10.0.0.0/8 192.0.2.7 2001:db8::/32 ::1")]
    [InlineData("Api:RequestsPerMinute", "60")]
    [InlineData("GitHub:ApiUrl", "http://github.example.org/api/v3")]
    [InlineData("Logging:Level", "warning")]
    [InlineData("Logging:Format", "JSON")]
    [InlineData("Storage:Provider", "sqlite")]
    [InlineData("Aggregator:Urls", "http://*:1")]
    [InlineData("Collector:MinPollInterval", "100ms")]
    [InlineData("Kafka:BootstrapServers", "kafka-1:9092, 10.0.0.1:9092 [::1]:9092")]
    [InlineData("Kafka:TopicPrefix", "Team_1.repo-pulse.")]
    [InlineData("Kafka:Security:Protocol", "SASL_SSL")]
    [InlineData("EventLog:Provider", "sql")]
    public void A_right_value_is_taken(string key, string value) => _fixture.Settings($"--{key}={value}");

    [Fact]
    public void PostgreSQL_needs_a_connection_string()
    {
        var fault = _fixture.Fault("--Storage:Provider=Postgres");
        Assert.Equal(("Storage:ConnectionString", "is missing: Storage:Provider is Postgres"), (fault.Key, fault.Problem));
    }

    [Theory]
    [InlineData("Data Source=repopulse.db", "is no connection string for PostgreSQL")]
    [InlineData("Database=repopulse;Password=hunter2", "names no Host")]
    [InlineData("Host=db;Password=hunter2", "names no Database")]
    [InlineData("Host=db;Pasword=hunter2", "is no connection string for PostgreSQL")]
    public void PostgreSQL_needs_a_server_and_a_database_and_the_message_keeps_the_password(string connectionString, string problem)
    {
        var fault = _fixture.Fault("--Storage:Provider=Postgres", $"--Storage:ConnectionString={connectionString}");
        Assert.Equal("Storage:ConnectionString", fault.Key);
        Assert.StartsWith(problem, fault.Problem, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", $"{fault.Problem} {fault.Value} {fault.Allowed}", StringComparison.Ordinal);
    }

    [Fact]
    public void PostgreSQL_is_taken_with_a_server_and_a_database() => _fixture.Settings(
        "--Storage:Provider=postgres", "--Storage:ConnectionString=Host=db;Database=repopulse;Username=repopulse;Password=hunter2");

    [Fact]
    public void A_window_longer_than_the_retention_period_is_a_fault()
    {
        var fault = _fixture.Fault("--Statistics:WindowDuration=8d");

        Assert.Equal("Statistics:WindowDuration: '8.00:00:00' is longer than Collector:RetentionPeriod; allowed: at most 7.00:00:00 " +
            "(in the option --Statistics:WindowDuration)", fault.ToString());
        Assert.Equal("Statistics:WindowDuration", _fixture.Fault("--Collector:RetentionPeriod=6d").Key);
        _fixture.Settings("--Statistics:WindowDuration=8d", "--Collector:RetentionPeriod=8d");
    }

    [Fact]
    public void A_window_may_be_as_long_as_one_likes_where_events_are_kept_forever()
    {
        var settings = _fixture.Settings("--Statistics:WindowDuration=3650d", "--Collector:RetentionPeriod=forever");

        Assert.Null(settings.Collector.RetentionPeriod);
        Assert.Equal(TimeSpan.FromDays(3650), settings.Statistics.Window.Duration);
    }

    [Fact]
    public void The_least_poll_interval_is_at_most_the_most()
    {
        Assert.Equal("Collector:MinPollInterval", _fixture.Fault("--Collector:MinPollInterval=16m").Key);
        _fixture.Settings("--Collector:MinPollInterval=15m");
    }

    [Fact]
    public void A_rule_between_two_settings_is_not_judged_where_one_is_wrong_already() =>
        Assert.Equal("Collector:MaxPollInterval", _fixture.Fault("--Collector:MinPollInterval=1h", "--Collector:MaxPollInterval=soon").Key);

    [Fact]
    public void All_faults_are_reported_at_once_each_with_its_source()
    {
        _fixture.WithFile("""{"Statistics": {"WindowEvents": 0}, "Nonsense": 1, "Collector": {"Repositories": ["a/b", "wrong"]}}""")
            .WithVariable("REPOPULSE__Logging__Level", "loud");

        var faults = _fixture.Load("--Api:PublicBadges=perhaps", "--Statistics:WindowDuration=9d").Faults;

        Assert.Equal(
        [
            ("Api:PublicBadges", "the option --Api:PublicBadges"),
            ("Collector:Repositories:1", "repopulse.json"),
            ("Logging:Level", "the environment variable REPOPULSE__Logging__Level"),
            ("Nonsense", "repopulse.json"),
            ("Statistics:WindowDuration", "the option --Statistics:WindowDuration"),
            ("Statistics:WindowEvents", "repopulse.json"),
        ],
            faults.Select(fault => (fault.Key, fault.Origin)).OrderBy(fault => fault.Key, StringComparer.Ordinal));
    }

    public void Dispose() => _fixture.Dispose();
}
