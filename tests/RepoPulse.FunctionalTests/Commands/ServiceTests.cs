using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text.Json;
using GitHubSimulator;
using GitHubSimulator.World;
using RepoPulse.FunctionalTests.Processes;

namespace RepoPulse.FunctionalTests.Commands;

/// <summary>What an operator meets when something is wrong.</summary>
public sealed class ServiceTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Every_fault_of_the_configuration_is_reported_at_once_and_nothing_is_begun()
    {
        var (exit, _, errors) = await RepoPulseProcess.RunAsync(
            "run", "--Colector:Repositories=a/b", "--Collector:MinPollInterval=soon", _folder.Database);

        Assert.Equal(2, exit);
        Assert.Contains("Collector:Repositories", errors, StringComparison.Ordinal);
        Assert.Contains("'soon'", errors, StringComparison.Ordinal);
        Assert.False(File.Exists(_folder.File("repopulse.db")));
    }

    [Theory]
    [InlineData("run")]
    [InlineData("serve")]
    [InlineData("import", "-")]
    [InlineData("stats")]
    public async Task A_file_that_is_no_database_is_named_and_left_as_it_is(params string[] command)
    {
        var content = string.Concat(Enumerable.Repeat("this is no database\n", 500));
        await File.WriteAllTextAsync(_folder.File("repopulse.db"), content);

        var (exit, _, errors) = await RepoPulseProcess.RunAsync([.. command, _folder.Database, "--Api:Urls=http://127.0.0.1:0"]);

        Assert.Equal(1, exit);
        Assert.Contains("repopulse.db", errors, StringComparison.Ordinal);
        Assert.Equal(content, await File.ReadAllTextAsync(_folder.File("repopulse.db")));
    }

    [Fact]
    public async Task A_port_that_is_taken_is_named_with_its_key()
    {
        await using var first = RepoPulseProcess.Start("serve", _folder.Database, "--Api:Urls=http://127.0.0.1:0");
        var taken = (await first.ListeningAsync()).GetLeftPart(UriPartial.Authority);

        var (exit, _, errors) = await RepoPulseProcess.RunAsync("serve", _folder.Database, $"--Api:Urls={taken}");

        Assert.Equal(1, exit);
        Assert.Contains(taken, errors, StringComparison.Ordinal);
        Assert.Contains("Api:Urls", errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_database_that_is_not_there_yet_is_waited_for_and_health_says_so()
    {
        var database = _folder.File("later/repopulse.db");
        await using var serve = RepoPulseProcess.Start(
            "serve", $"--Storage:ConnectionString=Data Source={database}", "--Api:Urls=http://127.0.0.1:0");
        var api = await serve.ListeningAsync();
        using var http = new HttpClient();

        var before = await ReadyAsync(http, api);
        Directory.CreateDirectory(_folder.File("later"));
        await Eventually.GetAsync(() => ReadyAsync(http, api), ready => ready.Status == 200);

        Assert.Equal(503, before.Status);
        Assert.Contains("cannot be read", before.Body.GetRawText(), StringComparison.Ordinal);
        // Health is open to all: the file is named in the log alone.
        Assert.DoesNotContain("repopulse.db", before.Body.GetRawText(), StringComparison.Ordinal);
        Assert.Contains("repopulse.db", serve.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("ERROR", serve.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Check_names_what_works_and_what_does_not()
    {
        var (exit, output, errors) = await RepoPulseProcess.RunAsync(
            "check", _folder.Database, "--GitHub:ApiUrl=http://127.0.0.1:9", "--GitHub:Tokens=secret-token");

        Assert.Equal(1, exit);
        Assert.Contains("ok     database", output, StringComparison.Ordinal);
        Assert.Contains("FAILED GitHub token", errors, StringComparison.Ordinal);
        Assert.DoesNotContain("secret-token", output + errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Check_tries_the_GitHub_App()
    {
        using var key = RSA.Create(2048);
        await File.WriteAllTextAsync(_folder.File("app.pem"), key.ExportRSAPrivateKeyPem());
        var world = new GitHubWorld(TimeProvider.System);
        world.Accounts.Apps.Add(12345, key.ExportSubjectPublicKeyInfoPem());
        world.Accounts.Apps.Install(12345, 678);
        await using var server = await SimulatorServer.StartAsync(world);
        string[] known =
        [
            "check",
            _folder.Database,
            $"--GitHub:ApiUrl={server.BaseAddress}",
            $"--GitHub:App:PrivateKeyFile={_folder.File("app.pem")}",
            "--GitHub:App:Id=12345"
        ];

        var right = await RepoPulseProcess.RunAsync([.. known, "--GitHub:App:InstallationId=678"]);
        var wrong = await RepoPulseProcess.RunAsync([.. known, "--GitHub:App:InstallationId=679"]);
        var incomplete = await RepoPulseProcess.RunAsync(known);

        Assert.Equal((0, 1, 2), (right.ExitCode, wrong.ExitCode, incomplete.ExitCode));
        Assert.Contains("ok     GitHub App 12345, installation-678: accepted", right.Output, StringComparison.Ordinal);
        Assert.Contains("FAILED GitHub App 12345, installation-679", wrong.Errors, StringComparison.Ordinal);
        Assert.Contains("404", wrong.Errors, StringComparison.Ordinal);
        Assert.Contains("GitHub:App:InstallationId is missing", incomplete.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_token_the_log_says_what_that_means()
    {
        await using var run = RepoPulseProcess.Start(
            "run", _folder.Database, "--repository", "octo/cat", "--GitHub:ApiUrl=http://127.0.0.1:9", "--Api:Urls=http://127.0.0.1:0");
        await run.ListeningAsync();

        Assert.Contains("60 requests an hour", run.Errors, StringComparison.Ordinal);
    }

    private static async Task<(int Status, JsonElement Body)> ReadyAsync(HttpClient http, Uri api)
    {
        using var answer = await http.GetAsync(new Uri(api, "health/ready"));
        return ((int)answer.StatusCode, await answer.Content.ReadFromJsonAsync<JsonElement>());
    }
}
