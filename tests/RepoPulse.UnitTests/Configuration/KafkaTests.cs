using RepoPulse.Configuration;
using RepoPulse.Hosting;

namespace RepoPulse.UnitTests.Configuration;

public sealed class KafkaTests : IDisposable
{
    private const string Kafka = "--EventLog:Provider=kafka";
    private const string Brokers = "--Kafka:BootstrapServers=kafka-1:9092,kafka-2:9092";
    private const string Database = "--Storage:ConnectionString=Data Source=archive.db";

    private readonly SettingsFixture _fixture = new();

    [Fact]
    public void Kafka_is_taken_with_what_is_given()
    {
        var settings = _fixture.Settings(
            Kafka,
            Brokers,
            "--Kafka:TopicPrefix=team.",
            "--Kafka:Partitions=3",
            "--Aggregator:Urls=http://*:1",
            "--Archiver:Urls=http://*:2");

        Assert.True(settings.IsKafka);
        Assert.Equal(["kafka-1:9092", "kafka-2:9092"], settings.Kafka.BootstrapServers);
        Assert.Equal(("team.", 3), (settings.Kafka.TopicPrefix, settings.Kafka.Partitions));
        Assert.Equal(["http://*:1"], settings.Urls.Aggregator);
        Assert.Equal(["http://*:2"], settings.Urls.Archiver);
    }

    [Theory]
    [InlineData("None")]
    [InlineData("Collect")]
    [InlineData("Serve")]
    [InlineData("Aggregate")]
    public void Kafka_needs_brokers_and_the_message_names_the_key(string role)
    {
        var fault = Assert.Single(_fixture.Load(Enum.Parse<Role>(role), Kafka).Faults);

        Assert.Equal(
            "Kafka:BootstrapServers is missing: EventLog:Provider is Kafka; allowed: host:port, such as localhost:9092 (in the option " +
            "--EventLog:Provider)",
            fault.ToString());
    }

    [Fact]
    public void Brokers_that_are_given_wrong_are_not_reported_missing_as_well()
        => Assert.Equal("names no port", _fixture.Fault(Kafka, "--Kafka:BootstrapServers=localhost").Problem);

    [Fact]
    public void One_process_and_Kafka_do_not_go_together()
    {
        var fault = Assert.Single(_fixture.Load(Role.Run, Kafka, Brokers).Faults);

        Assert.Equal(("EventLog:Provider", "Kafka"), (fault.Key, fault.Value));
        Assert.Contains("`run`", fault.Problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Aggregate")]
    [InlineData("Archive")]
    public void What_there_is_only_over_Kafka_is_a_fault_without_it(string role)
    {
        var fault = Assert.Single(_fixture.Load(Enum.Parse<Role>(role)).Faults);

        Assert.Equal(("EventLog:Provider", "Sql"), (fault.Key, fault.Value));
    }

    [Fact]
    public void An_archive_must_be_given_its_database()
    {
        var fault = Assert.Single(_fixture.Load(Role.Archive, Kafka, Brokers).Faults);
        Assert.Equal(("Storage:ConnectionString", "is missing: `archive` needs a database to write into"), (fault.Key, fault.Problem));

        Assert.True(_fixture.Load(Role.Archive, Kafka, Brokers, Database).Settings!.Storage.IsSet);
        Assert.Equal("Storage:ConnectionStringFile", Assert.Single(
            _fixture.Load(Role.Archive, Kafka, Brokers, "--Storage:ConnectionStringFile=missing").Faults).Key);
    }

    [Theory]
    [InlineData("Collect", true)]
    [InlineData("Aggregate", true)]
    [InlineData("None", true)]
    [InlineData("Serve", false)]
    [InlineData("Archive", false)]
    public void Only_what_opens_a_database_misses_its_connection_string(string role, bool isValid)
        => Assert.Equal(isValid, _fixture.Load(Enum.Parse<Role>(role), Kafka, Brokers, "--Storage:Provider=Postgres").IsValid);

    [Fact]
    public void Settings_for_Kafka_may_stand_beside_a_log_in_SQL()
        => Assert.Equal(EventLogProvider.Sql, _fixture.Settings(Brokers, "--Kafka:Security:SaslUsername=u").EventLog);

    [Fact]
    public void A_property_of_the_client_is_passed_on_by_its_own_name_and_the_highest_source_wins()
    {
        _fixture.WithFile("""{"Kafka": {"Client": {"socket.timeout.ms": 1000, "fetch.max.bytes": "5"}}}""")
            .WithVariable("REPOPULSE__Kafka__Client__fetch.max.bytes", "6");

        var client = _fixture.Settings(Brokers, "--Kafka:Client:Socket.Timeout.Ms=2000", "--Kafka:Client:ssl.ca.location=ca.pem").Kafka.Client;

        Assert.Equal(
            [("fetch.max.bytes", "6"), ("socket.timeout.ms", "2000"), ("ssl.ca.location", "ca.pem")],
            client.Select(property => (property.Key, property.Value)).Order());
    }

    [Theory]
    [InlineData("acks", "is RepoPulse's own: what it promises about events depends on it")]
    [InlineData("session.timeout.ms", "is RepoPulse's own: what it promises about events depends on it")]
    [InlineData("bootstrap.servers", "is set by Kafka:BootstrapServers")]
    [InlineData("a b", "is no name of a property: letters, digits, dots and underscores are allowed")]
    public void A_property_that_the_program_sets_itself_is_an_error_without_its_value(string name, string problem)
    {
        var fault = _fixture.Fault($"--Kafka:Client:{name}=1");

        Assert.Equal(($"Kafka:Client:{name}", problem), (fault.Key, fault.Problem));
        Assert.Null(fault.Value);
    }

    [Fact]
    public void A_property_about_security_has_one_value_under_all_its_names()
    {
        var fault = _fixture.Fault("--Kafka:Client:security.protocol=tls");

        Assert.Equal("Kafka:Security:Protocol", fault.Key);
        Assert.Equal("is not one of the choices", fault.Problem);
        Assert.Equal(
            "sasl_ssl", _fixture.Settings("--Kafka:Client:security.protocol=SaslSsl").Kafka.Client["security.protocol"]);
    }

    public void Dispose() => _fixture.Dispose();
}
