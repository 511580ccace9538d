using System.Net;
using RepoPulse.Configuration;
using RepoPulse.UnitTests.Api.View;
using RepoPulse.UnitTests.Commands;
using RepoPulse.UnitTests.Commands.Stats;

namespace RepoPulse.UnitTests.Deployment;

/// <summary>No file that deploys the program asks anything of it that it does not know.</summary>
public sealed class DeploymentFilesTests : IDisposable
{
    private const string Provider = "REPOPULSE__Storage__Provider";

    private readonly CommandLineFixture _fixture = new();

    public void Dispose() => _fixture.Dispose();

    [Fact]
    public void Every_role_has_its_unit_and_its_service()
    {
        Assert.Equal(
            [
                ("Dockerfile", "run"),
                ("compose.yaml", "collect"), ("compose.yaml", "serve"),
                ("compose.kafka.yaml", "collect"), ("compose.kafka.yaml", "aggregate"), ("compose.kafka.yaml", "archive"),
                ("compose.kafka.yaml", "serve"),
                ("repopulse-aggregate.service", "aggregate"), ("repopulse-archive.service", "archive"),
                ("repopulse-collect.service", "collect"),
                ("repopulse-serve.service", "serve"), ("repopulse.service", "run"),
            ],
            DeploymentFiles.All().Select(invocation => (invocation.File, invocation.Arguments[0])));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(7)]
    [InlineData(8)]
    [InlineData(9)]
    [InlineData(10)]
    [InlineData(11)]
    public async Task What_a_file_starts_is_a_command_with_a_configuration_that_is_right(int index)
    {
        var invocation = DeploymentFiles.All()[index];
        foreach (var (name, value) in invocation.Environment)
        {
            Assert.Contains(name["REPOPULSE__".Length..].Replace("__", ":", StringComparison.Ordinal), SettingsSchema.Keys);
            if (name != Provider || SettingsSchema.All.Single(setting => setting.Key == "Storage:Provider").Allowed.Contains(
                value, StringComparison.Ordinal))
                _fixture.Settings.WithVariable(name, name.EndsWith("File", StringComparison.Ordinal) ? Secret(value) : value);
        }

        Assert.True(await _fixture.InvokeAsync([.. invocation.Arguments.Select(Argument)]) == 0, $"{invocation}: {_fixture.Error}");

        Assert.Equal(invocation.Arguments[0], _fixture.Handlers.Called!.Replace("Async", "", StringComparison.Ordinal), ignoreCase: true);
    }

    [Fact]
    public async Task The_image_asks_after_its_health_where_every_command_answers()
    {
        var server = new StubServer(_ => (HttpStatusCode.OK, "{}"));
        _fixture.HttpHandler = () => server;

        Assert.Equal(0, await _fixture.InvokeAsync(DeploymentFiles.HealthCheck()));

        var asked = new Uri(Assert.Single(server.Requests).Url);
        Assert.Contains(asked.AbsolutePath, EndpointWalk.Paths.Keys);
        foreach (var role in new[] { "Api", "Collector", "Aggregator", "Archiver" })
            Assert.Equal(asked.Port, new Uri(
                DeploymentFiles.All()[0].Environment[$"REPOPULSE__{role}__Urls"].Replace("*", "any", StringComparison.Ordinal)).Port);
    }

    [Fact]
    public void A_unit_hands_over_every_secret_that_it_names()
    {
        foreach (var invocation in DeploymentFiles
            .All()
            .Where(invocation => invocation.File.EndsWith(".service", StringComparison.Ordinal)))
        {
            var unit = DeploymentFiles.Read($"deploy/systemd/{invocation.File}");
            foreach (var secret in invocation.Environment.Values.Where(value => value.StartsWith("%d/", StringComparison.Ordinal)))
                Assert.Contains($"\nLoadCredential={secret[3..]}:/etc/repopulse/{secret[3..]}\n", unit, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_service_is_given_every_secret_that_it_names()
    {
        foreach (var part in DeploymentFiles.ComposeFiles.SelectMany(DeploymentFiles.ComposeServices))
        {
            foreach (var line in part.Split('\n').Where(line => line.Contains(": /run/secrets/", StringComparison.Ordinal)))
                Assert.Contains($"\n      - {line[(line.LastIndexOf('/') + 1)..]}\n", part + "\n", StringComparison.Ordinal);
        }
    }

    /// <summary>A configuration file of the machine's, which is there as an example in the repository.</summary>
    private string Argument(string argument)
    {
        if (!argument.StartsWith("/etc/repopulse/", StringComparison.Ordinal))
            return argument;
        var example = Path.Combine(RepositoryRoot.Path, "deploy/compose", Path.GetFileName(argument));
        if (File.Exists(example))
            return example;
        _fixture.Settings.WithFile("{}", "empty.json");
        return Path.Combine(_fixture.Settings.Folder, "empty.json");
    }

    private string Secret(string path)
    {
        var name = Path.GetFileName(path);
        _fixture.Settings.WithFile(
            name == "connection-string" ? "Host=postgres;Database=repopulse;Username=repopulse;Password=secret" : "token", name);
        return name;
    }
}
