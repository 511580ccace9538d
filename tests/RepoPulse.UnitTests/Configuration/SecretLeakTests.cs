using RepoPulse.Commands;
using RepoPulse.Configuration;
using RepoPulse.UnitTests.Commands;

namespace RepoPulse.UnitTests.Configuration;

/// <summary>No command writes a secret, under whichever key and in whichever way it is given.</summary>
public sealed class SecretLeakTests
{
    /// <summary>In every secret below.</summary>
    private const string Mark = "hunter2";

    private static readonly string[] Commands = ["run", "collect", "serve", "aggregate", "archive", "check", "stats"];

    /// <summary>What each kind of secret looks like.</summary>
    public static TheoryData<string> Secrets =>
    [
        $"ghp_{Mark}0123456789abcdefABCDEF",
        $"Host=db;Database=repopulse;Username=me;Password={Mark}",
        $"Data Source=x.db;Password={Mark}",
        $"Host=db;Port=x;Password=ab;cd={Mark}",
        $"postgres://me:{Mark}@db:5432/repopulse",
        $"http://me:{Mark}@proxy:3128",
        $"me:{Mark}@broker:9092",
        $"0123456789abcdef{Mark}0123456789",
        $"-----BEGIN RSA PRIVATE KEY-----\nMIIEow{Mark}0123456789abcdef\n-----END RSA PRIVATE KEY-----",
        $"hunter2 with spaces; and=more {Mark}",
        $"{Mark}\0",
        new string('x', 2_000) + Mark,
    ];

    public static TheoryData<string> SecretKeys =>
        [.. SettingsSchema.All
            .Where(setting => setting.MayHoldSecret)
            .SelectMany<Setting, string>(setting => setting.FileTwin is { } twin ? [setting.Key, twin] : [setting.Key])];

    [Theory]
    [MemberData(nameof(Secrets))]
    public async Task A_secret_under_any_key_of_the_table_is_not_written(string secret)
    {
        foreach (var (i, key) in SettingsSchema.Keys.Index())
            await AssertHiddenAsync([Commands[(i + secret.Length) % Commands.Length]], $"--{key}={secret}");
    }

    [Theory]
    [MemberData(nameof(Secrets))]
    public async Task A_secret_under_a_wrong_key_is_not_written(string secret)
    {
        foreach (var (i, key) in SettingsSchema.Keys.Index())
        {
            string[] wrong =
            [
                $"{key}x",
                key[..^1],
                $"{key}:0",
                $"{key}:Sub",
                key.Replace(":", ":X:", StringComparison.Ordinal),
                $"X:{key}",
                $"{key.Split(':')[^1]}:0"
            ];
            await AssertHiddenAsync(["check"], $"--{wrong[(i + secret.Length) % wrong.Length]}={secret}");
        }
    }

    [Theory]
    [MemberData(nameof(SecretKeys))]
    public async Task A_word_is_not_written_where_a_secret_may_stand(string key)
    {
        await AssertHiddenAsync($"--{key}={Mark}");
        await AssertHiddenAsync($"--{key}=wrong {Mark}\u0007é");
        await AssertHiddenAsync($"--{key}:0={Mark}", $"--{key}={Mark}");
        await AssertHiddenAsync($"--{key}={Mark}", "--Storage:Provider=Postgres", "--EventLog:Provider=Kafka");
    }

    [Fact]
    public async Task A_secret_in_the_environment_or_a_file_is_not_written_either()
    {
        foreach (var key in SettingsSchema.Keys)
        {
            // No variable can hold a zero.
            foreach (var secret in Secrets
                .Select(row => row.Data)
                .Where((secret, i) => !secret.Contains('\0', StringComparison.Ordinal) && (key.Length + i) % 3 == 0))
            {
                await AssertHiddenAsync(fixture => fixture.Settings.WithVariable(
                    "REPOPULSE__" + key.Replace(":", "__", StringComparison.Ordinal), secret), ["check"]);
                var json = System.Text.Json.Nodes.JsonValue.Create(secret)!.ToJsonString();
                await AssertHiddenAsync(fixture => fixture.Settings.WithFile($"{{\"{key}\": {json}}}"), ["check"]);
                await AssertHiddenAsync(fixture => fixture.Settings.WithFile($"{{\"{key}\": {json}"), ["check"]);
                await AssertHiddenAsync(fixture => fixture.Settings.WithFile($"{{\"{key}\": [{json}, [{json}]]}}"), ["check"]);
            }
        }
    }

    [Theory]
    [InlineData("--Storage:ConnectionString", "--Database=db;Password=hunter2")]
    [InlineData("--Storage:ConnectionString=Data", "Source=x;Password=hunter2")]
    [InlineData("--Storage:ConnectionString", "Data", "Source=x;Password=hunter2")]
    [InlineData("--Api:Keys", "first", "hunter2")]
    [InlineData("--GitHub:Tokens=first", "hunter2")]
    [InlineData("-Storage:ConnectionString=Host=db;Password=hunter2")]
    [InlineData("Storage:ConnectionString=Host=db;Password=hunter2")]
    [InlineData("ghp_hunter20123456789abcdef")]
    [InlineData("--repository", "ghp_hunter20123456789abcdef")]
    [InlineData("--repository=me:hunter2@host")]
    public async Task A_secret_that_went_astray_among_the_arguments_is_not_written(params string[] arguments)
    {
        await AssertHiddenAsync(arguments);
        await AssertHiddenAsync([""], arguments);
    }

    [Fact]
    public async Task A_crash_does_not_write_a_secret_that_a_library_quotes()
    {
        foreach (var isExpected in new[] { false, true })
        {
            foreach (var (key, value) in new[]
            {
                ("GitHub:Tokens", "ghp_hunter2"),
                ("Api:Keys", "key-hunter2"),
                ("Webhooks:Secret", "a hunter2"),
                ("Storage:ConnectionString", "Data Source=a;Password=hunter2")
            })
            {
                using var fixture = new CommandLineFixture();
                var message = $"It was {value}, http://me:hunter2@proxy/.";
                fixture.Handlers.Body = _ => Task.FromException<int>(
                    isExpected ? new IOException(message) : new InvalidOperationException(message));

                Assert.Equal(ExitCode.Failed, await fixture.InvokeAsync("run", $"--{key}={value}"));

                Assert.Contains("It was", fixture.Error.ToString(), StringComparison.Ordinal);
                AssertHidden(fixture, key);
            }
        }
    }

    [Fact]
    public void A_value_that_is_no_secret_is_still_named()
    {
        using var fixture = new SettingsFixture();

        Assert.Equal("loud", fixture.Fault("--Logging:Level=loud").Value);
        Assert.Equal("dotnet", fixture.Fault("--Collector:Repositories=dotnet").Value);
        Assert.Equal("http://127.0.0.1:8080/path", fixture.Fault("--Api:Urls=http://127.0.0.1:8080/path").Value);
    }

    private static Task AssertHiddenAsync(params string[] arguments) => AssertHiddenAsync(Commands, arguments);

    private static Task AssertHiddenAsync(string[] commands, params string[] arguments) => AssertHiddenAsync(_ => { }, commands, arguments);

    private static async Task AssertHiddenAsync(Action<CommandLineFixture> prepare, string[] commands, params string[] arguments)
    {
        foreach (var command in commands)
        {
            using var fixture = new CommandLineFixture();
            prepare(fixture);
            await fixture.InvokeAsync([.. command.Length > 0 ? [command] : Array.Empty<string>(), .. arguments]);
            AssertHidden(fixture, $"{command} {string.Join(' ', arguments)}");
        }
    }

    private static void AssertHidden(CommandLineFixture fixture, string what)
    {
        Assert.False(fixture.Error.ToString().Contains(Mark, StringComparison.Ordinal), $"{what}:\n{fixture.Error}");
        Assert.False(fixture.Out.ToString().Contains(Mark, StringComparison.Ordinal), $"{what}:\n{fixture.Out}");
    }
}
