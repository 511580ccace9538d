using System.Text;
using RepoPulse.Configuration;
using RepoPulse.Fuzzing.Generation;
using RepoPulse.Hosting;

namespace RepoPulse.Fuzzing.Targets;

/// <summary>
/// Settings from a file, the environment and the command line: every error is reported, none is thrown. The first line says which.
/// </summary>
internal sealed class ConfigurationTarget : FuzzTarget
{
    private const string Given =
        """{"GitHub":{"ApiUrl":"https://api.github.com","RequestTimeout":"00:00:30","MaxRequestsPerMinute":900,"MaxConcurrentRequests":80},"Collector":{"Repositories":["octo/cat","dotnet/runtime"],"Organizations":["octo"],"MinPollInterval":"1m","MaxPollInterval":"PT15M","Name":"one","RetentionPeriod":"forever","Urls":"http://127.0.0.1:8081"},"Statistics":{"WindowDuration":"7.00:00:00","WindowEvents":"500","BatchSize":1000},"Api":{"Urls":["http://127.0.0.1:8080","http://*:8090"],"Repositories":["*","!octo/dog","acme/*"],"Keys":["0123456789abcdef"],"PublicBadges":true,"AllowedOrigins":"https://example.org","RequestsPerMinute":100,"TrustedProxies":["10.0.0.0/8","::1"]},"Storage":{"Provider":"Postgres","ConnectionString":"Host=db;Username=u;Password=p"},"Logging":{"Level":"Debug","Format":"json"}}""";

    private const string Kafka =
        """{"EventLog":{"Provider":"Kafka"},"Kafka":{"BootstrapServers":"localhost:9092, [::1]:9093","TopicPrefix":"x.","Partitions":12,"Security":{"Protocol":"sasl_ssl","SaslMechanism":"SCRAM-SHA-512","SaslUsername":"u","SaslPassword":"p","ssl.ca.location":"/etc/ca.pem"}},"Webhooks":{"Secret":"0123456789abcdef"}}""";

    private static readonly Role[] Roles = [Role.None, Role.Collect | Role.Serve, Role.Collect, Role.Serve, Role.Aggregate, Role.Archive];

    private DirectoryInfo? _folder;

    public override string Name => "configuration";

    public override int Share => 50;

    public override IReadOnlyList<byte[]> Seeds { get; } = Tokens.Utf8(
        "file\n" + Given,
        "file\n" + Kafka,
        "file\n// a comment\n{ \"Collector:Repositories\": \"a/b c/d\", \"Api\": { \"Keys\": [] }, }",
        "environment\nREPOPULSE__GitHub__Tokens=ghp_a,ghp_b\nREPOPULSE__Collector__Repositories__0=octo/cat\nREPOPULSE__Collector__Repositories__1=octo/dog\nREPOPULSE__Api__Keys=\nrepopulse__statistics__windowevents=500",
        "environment\nREPOPULSE__Storage__ConnectionString=Data " +
        "Source=x.db\nREPOPULSE__Collector__RetentionPeriod=30d\nREPOPULSE__GitHub__TokensFile=tokens.txt",
        "arguments\nrun\n--Collector:RetentionPeriod=30d\n--Statistics:WindowEvents\n100\n--repository\nocto/cat\n--\n--GitHub:ApiUrl=x",
        "arguments\n--Kafka:Security:SaslPassword=p\n--Api:Urls=http://[::1]:8080;https://*:8443\n--Collector:MinPollInterval=0s");

    public override IReadOnlyList<string> Words =>
        ["REPOPULSE__", "__", ":0", ":99999999999", ":-1", "--", "--:", "--a:b=", "File", "Collector:MaxPollInterval", "nosuchfile",
        ".", "GitHub:App:Id", "GitHub:App:PrivateKeyFile", "forever", "P1D", "1d1h1m1s1ms", "://u:p@h"];

    public override ValueTask StartAsync()
    {
        _folder = Directory.CreateTempSubdirectory("repopulse-fuzz-settings-");
        return ValueTask.CompletedTask;
    }

    public override ValueTask<bool> FuzzAsync(byte[] input)
    {
        var lines = new Lines(input);
        var source = lines.Next();
        // By the input alone, so that it can be repeated.
        var role = Roles[input.Length % Roles.Length];
        var request = source switch
        {
            "environment" => Load(Environment(lines.Rest), SettingsOptions.None, role),
            "arguments" => Load([], SettingsOptions.Extract(Texts(lines.Rest)), role),
            _ => LoadFile(lines.Rest, role),
        };

        Invariant.Equal(request.IsValid, request.Faults.Count == 0);
        foreach (var problem in request.Faults)
            Invariant.Holds(problem.ToString().Length > 0 && problem.Key is not null && problem.Problem.Length > 0);
        return ValueTask.FromResult(request.IsValid);
    }

    protected override ValueTask StopAsync()
    {
        _folder?.Delete(recursive: true);
        return ValueTask.CompletedTask;
    }

    private SettingsResult LoadFile(ReadOnlySpan<byte> json, Role role)
    {
        var file = Path.Combine(_folder!.FullName, SettingsLoader.DefaultFile);
        File.WriteAllBytes(file, json);
        try
        {
            return Load([], SettingsOptions.None, role);
        }
        finally
        {
            File.Delete(file);
        }
    }

    private SettingsResult Load(Dictionary<string, string> environment, SettingsOptions options, Role role) =>
        new SettingsLoader(new SettingsHost { WorkingFolder = _folder!.FullName, MachineName = "machine", Environment = environment })
            .Load(new SettingsRequest { Options = options, Role = role, Repositories = [.. options.Remaining.Take(1)] });

    private static Dictionary<string, string> Environment(ReadOnlySpan<byte> rest)
    {
        var variables = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var line in Texts(rest))
        {
            var equals = line.IndexOf('=', StringComparison.Ordinal);
            if (equals > 0)
                variables[line[..equals]] = line[(equals + 1)..];
        }

        return variables;
    }

    /// <summary>Neither a variable nor an argument can hold the character that ends it.</summary>
    private static string[] Texts(ReadOnlySpan<byte> rest) => Encoding.UTF8.GetString(rest).Replace("\0",
    "", StringComparison.Ordinal).Split('\n');
}
