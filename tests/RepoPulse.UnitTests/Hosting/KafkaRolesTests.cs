using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using RepoPulse.Collector.Retention;
using RepoPulse.Hosting;
using RepoPulse.Kafka;
using RepoPulse.Sql;
using RepoPulse.UnitTests.Configuration;

namespace RepoPulse.UnitTests.Hosting;

public sealed class KafkaRolesTests : IDisposable
{
    private readonly SettingsFixture _settings = new();

    [Theory]
    [InlineData("Collect", false, false)]
    [InlineData("Collect", true, false)]
    [InlineData("Aggregate", true, false)]
    [InlineData("Serve", false, false)]
    [InlineData("Serve", true, true)]
    [InlineData("Archive", true, true)]
    public void A_database_is_opened_by_an_archiver_and_by_an_API_that_is_given_one(string role, bool isSet, bool isOpened)
    {
        var services = Compose(role, isSet);

        Assert.Equal(isOpened, Has<SqlDatabase>(services));
        Assert.Equal(isOpened, Has<IEventHistory>(services));
        Assert.True(Has<KafkaOptions>(services));
    }

    [Theory]
    [InlineData("Collect", false)]
    [InlineData("Serve", false)]
    [InlineData("Archive", true)]
    public void Old_events_are_deleted_by_who_writes_the_database(string role, bool deletes)
        => Assert.Equal(deletes, Compose(role, isSet: true).Any(
            service => service.ServiceType == typeof(IHostedService) && service.ImplementationType == typeof(RetentionService)));

    [Fact]
    public void What_is_configured_is_passed_on()
    {
        var services = Compose(
            "Collect",
            isSet: false,
            "--Kafka:TopicPrefix=team.",
            "--Kafka:Partitions=3",
            "--Collector:RetentionPeriod=30d",
            "--Kafka:Security:Protocol=ssl");

        var options = (KafkaOptions)services.Single(service => service.ServiceType == typeof(KafkaOptions)).ImplementationInstance!;
        Assert.Equal(["k:9092"], options.BootstrapServers);
        Assert.Equal(("team.", 3, TimeSpan.FromDays(30)), (options.TopicPrefix, options.Partitions, options.RetentionPeriod));
        Assert.Equal("ssl", options.Client["security.protocol"]);
    }

    [Theory]
    [InlineData("Run", "Api:Urls")]
    [InlineData("Serve", "Api:Urls")]
    [InlineData("Collect", "Collector:Urls")]
    [InlineData("Aggregate", "Aggregator:Urls")]
    [InlineData("Archive", "Archiver:Urls")]
    public void Each_role_answers_at_addresses_of_its_own(string role, string key)
    {
        var addresses = RoleEndpoints.AddressesOf(_settings.Settings($"--{key}=http://127.0.0.1:7"), Enum.Parse<Role>(role));

        Assert.Equal(key, addresses.Key);
        Assert.Equal(["http://127.0.0.1:7"], addresses.Urls);
    }

    public void Dispose() => _settings.Dispose();

    private static bool Has<T>(IServiceCollection services) => services.Any(service => service.ServiceType == typeof(T));

    private IServiceCollection Compose(string role, bool isSet, params string[] more)
    {
        string[] storage = isSet ? ["--Storage:ConnectionString=Data Source=archive.db"] : [];
        return new ServiceCollection().AddRole(
            _settings.Settings(["--EventLog:Provider=Kafka", "--Kafka:BootstrapServers=k:9092", .. storage, .. more]),
            Enum.Parse<Role>(role));
    }
}
