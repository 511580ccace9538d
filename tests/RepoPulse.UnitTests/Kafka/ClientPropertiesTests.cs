using Microsoft.Extensions.Logging.Abstractions;
using RepoPulse.Kafka;

namespace RepoPulse.UnitTests.Kafka;

/// <summary>The properties that are passed on to the client, as the client itself judges them: no broker is asked.</summary>
public sealed class ClientPropertiesTests
{
    [Theory]
    [InlineData("no.such.property")]
    [InlineData("socket.timeout.ms")]
    [InlineData("broker.address.family")]
    [InlineData("fetch.min.bytes")]
    public async Task One_that_the_client_does_not_take_is_an_error_that_names_it_and_not_its_value(string name)
    {
        var options = new KafkaOptions { BootstrapServers = ["127.0.0.1:1"], Client = new Dictionary<string, string> { [name] = "swordfish" } };
        using var cluster = new KafkaCluster(options, NullLogger<KafkaCluster>.Instance, TimeProvider.System);

        var failure = await Assert.ThrowsAsync<StorageException>(
            async () => await cluster.OpenAsync(TestContext.Current.CancellationToken));

        Assert.False(failure.IsTransient);
        Assert.StartsWith("Kafka:Client cannot be used: ", failure.Message, StringComparison.Ordinal);
        Assert.Contains(name, failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("swordfish", failure.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("acks")]
    [InlineData("isolation.level")]
    [InlineData("enable.idempotence")]
    [InlineData("transactional.id")]
    [InlineData("session.timeout.ms")]
    [InlineData("message.max.bytes")]
    public void What_the_program_sets_itself_is_reserved(string name) => Assert.Contains(name, KafkaOptions.ReservedProperties);

    [Theory]
    [InlineData("linger.ms")]
    [InlineData("compression.type")]
    [InlineData("socket.keepalive.enable")]
    public void What_it_leaves_to_the_operator_is_not(string name) => Assert.DoesNotContain(name, KafkaOptions.ReservedProperties);
}
