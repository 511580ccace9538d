using Confluent.Kafka;
using RepoPulse.Configuration;

namespace RepoPulse.UnitTests.Configuration;

public sealed class KafkaSecurityTests : IDisposable
{
    private readonly SettingsFixture _fixture = new();

    [Theory]
    [InlineData("Protocol", "SASL_SSL", "security.protocol", "sasl_ssl")]
    [InlineData("SecurityProtocol", "SaslSsl", "security.protocol", "sasl_ssl")]
    [InlineData("security.protocol", "sasl_ssl", "security.protocol", "sasl_ssl")]
    [InlineData("SaslMechanism", "scram-sha-512", "sasl.mechanism", "SCRAM-SHA-512")]
    [InlineData("sasl.mechanism", "ScramSha256", "sasl.mechanism", "SCRAM-SHA-256")]
    [InlineData("SslEndpointIdentificationAlgorithm", "None", "ssl.endpoint.identification.algorithm", "none")]
    [InlineData("SslCaLocation", "/etc/ssl/ca.pem", "ssl.ca.location", "/etc/ssl/ca.pem")]
    [InlineData("ssl.crl.location", "crl.pem", "ssl.crl.location", "crl.pem")]
    public void A_property_is_passed_on_under_the_clients_name_in_its_spelling(string key, string value, string name, string passedOn)
        => Assert.Equal([KeyValuePair.Create(name, passedOn)], _fixture.Settings($"--Kafka:Security:{key}={value}").Kafka.Client);

    [Fact]
    public void Each_property_may_come_from_another_source()
    {
        _fixture.WithFile(
            """{"Kafka": {"Security": {"security.protocol": "SASL_SSL", "SslCaLocation": "ca.pem", "SaslUsername": "file"}}}""")
            .WithFile("line one\nline two\n", "password.txt")
            .WithVariable("REPOPULSE__Kafka__Security__SaslUsername", "pulse")
            .WithVariable("REPOPULSE__Kafka__Security__SslCaLocation", "");

        var client = _fixture.Settings("--Kafka:Security:SaslPasswordFile=password.txt").Kafka.Client;

        Assert.Equal(
            [("sasl.password", "line one\nline two"), ("sasl.username", "pulse"), ("security.protocol", "sasl_ssl")],
            client.Select(property => (property.Key, property.Value)).Order());
    }

    [Theory]
    [InlineData("SaslUsername", "plaintext")]
    [InlineData("SaslPassword", "ssl")]
    [InlineData("SslCaLocation", "plaintext")]
    [InlineData("SslKeyLocation", "sasl_plaintext")]
    public void What_the_protocol_does_not_use_is_a_fault_that_keeps_its_value(string name, string protocol)
    {
        var fault = _fixture.Fault(
            "--EventLog:Provider=Kafka",
            "--Kafka:BootstrapServers=k:1",
            $"--Kafka:Security:{name}=hidden",
            $"--Kafka:Security:Protocol={protocol}");

        Assert.Equal($"Kafka:Security:{name}", fault.Key);
        Assert.StartsWith($"has no use: Kafka:Security:Protocol is {protocol}", fault.Problem, StringComparison.Ordinal);
        Assert.DoesNotContain("hidden", fault.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Every_property_of_the_client_that_is_about_security_can_be_given_by_its_name()
    {
        string[] prefixes = ["Sasl", "Ssl", "Security", "Https", "EnableSsl", "EnableSasl"];
        var client = new ClientConfig();
        foreach (var property in typeof(ClientConfig)
            .GetProperties()
            .Where(property => prefixes.Any(prefix => property.Name.StartsWith(prefix, StringComparison.Ordinal))))
        {
            var type = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
            property.SetValue(
                client, type == typeof(string) ? "x" : type.IsEnum ? Enum.GetValues(type).GetValue(0) : Activator.CreateInstance(type));
        }

        Assert.Equal(
            client.Select(property => property.Key).Order(StringComparer.Ordinal),
            KafkaSecuritySchema.Properties.Select(property => property.Name).Order(StringComparer.Ordinal));
    }

    public void Dispose() => _fixture.Dispose();
}
