using System.Globalization;
using System.Net.Sockets;
using Confluent.Kafka;
using Confluent.Kafka.Admin;

namespace RepoPulse.TestServers.Kafka;

/// <summary>
/// A Kafka cluster of its own, on 127.0.0.1 and in a temporary folder, whose nodes the caller may stop, kill and start again. It ends when
/// it is disposed of, and also when this process ends without that.
/// </summary>
public sealed class KafkaServer : IAsyncDisposable
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan AnswerLimit = TimeSpan.FromSeconds(5);

    private readonly ServerSupervisor _supervisor;
    private readonly KafkaNode[] _nodes;
    private readonly HashSet<int> _running = [];

    private KafkaServer(ServerSupervisor supervisor, KafkaNode[] nodes)
    {
        _supervisor = supervisor;
        _nodes = nodes;
    }

    public static string HowToGetOne { get; } =
        "No Kafka can be started. Let KAFKA_HOME name an unpacked release of Apache Kafka 4 and install Java 17 or newer (on Debian " +
        "and Ubuntu: apt-get "
        + "install openjdk-17-jre-headless), or name the bootstrap servers of a running one in REPOPULSE_TEST_KAFKA.";

    /// <summary>Every node's address, the same over every restart.</summary>
    public string BootstrapServers => string.Join(',', _nodes.Select(node => node.Address));

    /// <summary>From 1.</summary>
    public IEnumerable<int> Nodes => _nodes.Select(node => node.Id);

    /// <summary>Makes a cluster and waits until every node serves.</summary>
    /// <exception cref="InvalidOperationException">None is there to start, or it did not; the message says what the first node
    /// logged.</exception>
    public static async Task<KafkaServer> StartNewAsync(KafkaServerOptions? options = null, CancellationToken cancellationToken = default)
    {
        var server = await CreateAsync(options ?? new(), cancellationToken);
        try
        {
            await server.StartAsync(cancellationToken);
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts the nodes that do not run, and waits until all serve.</summary>
    public async Task StartAsync(CancellationToken cancellationToken = default)
    {
        foreach (var node in Nodes.Where(node => !_running.Contains(node)))
        {
            await _supervisor.OrderAsync(Order("start", node), cancellationToken);
            _running.Add(node);
        }

        var began = TimeProvider.System.GetTimestamp();
        while (!await ServesAsync(cancellationToken))
        {
            if (TimeProvider.System.GetElapsedTime(began) > StartLimit)
                throw new InvalidOperationException($"Kafka does not serve:\n{await ReadLogAsync(node: 1, cancellationToken)}");
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, cancellationToken);
        }
    }

    /// <summary>
    /// A node hands over to the others and ends; the last two of three cannot, for want of a quorum, and are to be killed.
    /// </summary>
    public Task StopAsync(int node, CancellationToken cancellationToken = default) => EndAsync("TERM", node, cancellationToken);

    /// <summary>SIGKILL: the others miss it after a while.</summary>
    public Task KillAsync(int node, CancellationToken cancellationToken = default) => EndAsync("KILL", node, cancellationToken);

    /// <summary>A name on it that no other topic begins with.</summary>
    public KafkaTopics CreateTopics() => new(BootstrapServers);

    /// <summary>What a node said.</summary>
    public Task<string> ReadLogAsync(int node, CancellationToken cancellationToken = default) =>
        File.ReadAllTextAsync(Path.Combine(FolderOf(node), "log"), cancellationToken);

    public ValueTask DisposeAsync() => _supervisor.DisposeAsync();

    private static string Order(string order, int node) => string.Create(CultureInfo.InvariantCulture, $"{order} {node}");

    private static async Task<KafkaServer> CreateAsync(KafkaServerOptions options, CancellationToken cancellationToken)
    {
        var installation = KafkaInstallation.Find() ?? throw new InvalidOperationException(HowToGetOne);
        string[] java =
        [
            installation.Java,
            string.Create(CultureInfo.InvariantCulture, $"-Xmx{options.Heap}m"),
            // The level of the log where nothing configures one.
            "-Dlog4j2.level=WARN",
            .. options.QuickStart ? (string[])["-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"] : [],
        ];
        var supervisor = await ServerSupervisor.StartAsync(
            "Kafka", user: null, [installation.Libraries, NewClusterId(), .. java], cancellationToken);
        var ports = FreePorts.Find(2 * options.Nodes);
        KafkaNode[] nodes = [.. Enumerable
            .Range(1, options.Nodes)
            .Select(id => new KafkaNode(id, ports[(2 * id) - 2], ports[(2 * id) - 1]))];
        var server = new KafkaServer(supervisor, nodes);
        foreach (var node in nodes)
        {
            Directory.CreateDirectory(server.FolderOf(node.Id));
            var settings = node.SettingsIn(supervisor.Folder, nodes, options.Settings);
            await File.WriteAllLinesAsync(Path.Combine(server.FolderOf(node.Id), "server.properties"), settings, cancellationToken);
        }

        return server;
    }

    /// <summary>16 bytes in base64 as URLs have it, which may not begin with a dash.</summary>
    private static string NewClusterId() =>
        "r" + Convert.ToBase64String(Guid.NewGuid().ToByteArray())[1..22].Replace('+', '-').Replace('/', '_');

    private string FolderOf(int node) => Path.Combine(_supervisor.Folder, node.ToString(CultureInfo.InvariantCulture));

    private async Task EndAsync(string signal, int node, CancellationToken cancellationToken)
    {
        _running.Remove(node);
        await _supervisor.OrderAsync(Order(signal, node), cancellationToken);
    }

    /// <summary>
    /// Whether every node takes connections and the cluster counts it in. A node that was killed is counted in for a while, until it is
    /// missed or comes back; it takes connections only after it has come back.
    /// </summary>
    private async Task<bool> ServesAsync(CancellationToken cancellationToken)
    {
        try
        {
            foreach (var node in _nodes)
            {
                using var client = new TcpClient();
                await client.ConnectAsync("127.0.0.1", node.Port, cancellationToken);
            }

            using var admin = KafkaTopics.Administer(BootstrapServers);
            var cluster = await admin.DescribeClusterAsync(new DescribeClusterOptions { RequestTimeout = AnswerLimit });
            return cluster.Nodes.Count == _nodes.Length;
        }
        catch (Exception fault) when (fault is SocketException or KafkaException)
        {
            return false;
        }
    }
}
