using Confluent.Kafka;
using Confluent.Kafka.Admin;
using Microsoft.Extensions.Logging;

namespace RepoPulse.Kafka;

/// <summary>The brokers, and the topics on them.</summary>
public sealed partial class KafkaCluster : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly SemaphoreSlim _opening = new(1, 1);
    private readonly ILogger<KafkaCluster> _logger;
    private readonly SkippedRecordLog _skipped;
    private volatile bool _opened;

    public KafkaCluster(KafkaOptions options, ILogger<KafkaCluster> logger, TimeProvider time)
    {
        Options = options;
        _logger = logger;
        _skipped = new SkippedRecordLog(logger, time);
        Names = new TopicNames(options);
        Settings = new ClientSettings(options);
        Offsets = new OffsetQueries(options, Settings);
    }

    internal KafkaOptions Options { get; }

    internal TopicNames Names { get; }

    internal ClientSettings Settings { get; }

    internal OffsetQueries Offsets { get; }

    /// <summary>Counts records that cannot be read, and logs one of them a minute for each topic.</summary>
    internal void Skip(KafkaMetrics metrics, string topic, int partition, long offset, string reason, int records = 1)
    {
        metrics.Skipped(topic, records);
        _skipped.Report(topic, partition, offset, reason);
    }

    /// <summary>
    /// Makes the topics that are missing and looks at those that are there. Once is enough; each further call returns at once.
    /// </summary>
    /// <exception cref="StorageException">
    /// No broker can be reached (transient), or a topic has other partitions or settings than are needed.
    /// </exception>
    public async ValueTask OpenAsync(CancellationToken cancellationToken)
    {
        if (_opened)
            return;
        await _opening.WaitAsync(cancellationToken);
        try
        {
            if (_opened)
                return;
            using var admin = BuildAdmin();
            await CreateMissingAsync(admin, cancellationToken);
            await CheckAsync(admin, cancellationToken);
            _opened = true;
        }
        catch (KafkaException e)
        {
            throw ToStorageException(e);
        }
        finally
        {
            _opening.Release();
        }
    }

    /// <summary>A process's first client, which judges every property that is passed on, whichever kind of client that is for.</summary>
    private IAdminClient BuildAdmin()
    {
        try
        {
            return new AdminClientBuilder(Settings.Admin()).SetLogHandler(Ignore).SetErrorHandler(Remember).Build();
        }
        catch (Exception e) when (e is InvalidOperationException or ArgumentException)
        {
            // A property that it does not know or a value that it does not take, in its own words, which quote the value.
            var reason = Options.Client.Values.Aggregate(
                e.Message, (text, value) => text.Replace($"\"{value}\"", "(not shown)", StringComparison.Ordinal));
            throw new StorageException($"Kafka:Client cannot be used: {reason}", isTransient: false);
        }
    }

    public void Dispose()
    {
        Offsets.Dispose();
        _opening.Dispose();
    }

    internal StorageException ToStorageException(string what, KafkaException e) => KafkaErrors.Wrap(Options, what, e);

    /// <summary>The client writes what it thinks of its connections to the console otherwise.</summary>
    internal static void Ignore(IClient client, LogMessage message)
    {
    }

    private Error? _lastError;

    private void Remember(IClient client, Error error)
    {
        // That all brokers are down says less than why.
        if (error.Code != ErrorCode.Local_AllBrokersDown)
            _lastError = error;
    }

    private StorageException ToStorageException(KafkaException e)
    {
        var servers = string.Join(", ", Options.BootstrapServers);
        return _lastError is { } why && e.Error.IsLocalError
            ? new StorageException(
                $"No Kafka broker answers at {servers}: {why.Reason}. Kafka:BootstrapServers and Kafka:Security say where and how they " +
                "are reached.", !KafkaErrors.IsPermanent(why), e)
            : KafkaErrors.Wrap(Options, "looking at the topics", e);
    }

    private async Task CreateMissingAsync(IAdminClient admin, CancellationToken cancellationToken)
    {
        var present = await MetadataAsync(admin, cancellationToken);
        TopicSpecification[] missing =
        [
            .. TopicLayout.Of(Options, Names).Where(layout => !present.ContainsKey(layout.Name)).Select(layout => new TopicSpecification
            {
                Name = layout.Name,
                NumPartitions = layout.Partitions,
                // The broker's own: only its operator knows how many there are to be.
                ReplicationFactor = -1,
                Configs = new Dictionary<string, string>(layout.Settings, StringComparer.Ordinal),
            }),
        ];
        if (missing.Length == 0)
            return;
        try
        {
            await admin.CreateTopicsAsync(missing, new CreateTopicsOptions { OperationTimeout = Patience, RequestTimeout = Patience * 2 })
                .WaitAsync(cancellationToken);
            foreach (var topic in missing)
                LogCreated(topic.Name);
        }
        catch (CreateTopicsException e) when (e.Results.All(
            result => !result.Error.IsError || result.Error.Code == ErrorCode.TopicAlreadyExists))
        {
            // Another service was faster; what it made is looked at like anything else.
        }
        catch (CreateTopicsException e)
        {
            var (topic, error) = e.Results.Where(result => result.Error.IsError).Select(result => (result.Topic, result.Error)).First();
            throw KafkaErrors.Wrap(Options, $"making the topic {topic}", error, e);
        }
    }

    private async Task CheckAsync(IAdminClient admin, CancellationToken cancellationToken)
    {
        var layouts = TopicLayout.Of(Options, Names);
        var present = await WaitForAsync(admin, layouts, cancellationToken);
        foreach (var layout in layouts)
        {
            var partitions = present[layout.Name];
            if (partitions != layout.Partitions)
            {
                throw new StorageException(
                    $"The topic {layout.Name} has {partitions} partitions, and {layout.Partitions} are needed: set Kafka:Partitions to " +
                    "what the topics were made with, or choose another Kafka:TopicPrefix. Their number cannot be changed, because a " +
                    "repository's events would be torn apart.",
                    isTransient: false);
            }
        }

        var described = await admin.DescribeConfigsAsync(
            [.. layouts.Select(layout => new ConfigResource { Name = layout.Name, Type = ResourceType.Topic })],
            new DescribeConfigsOptions { RequestTimeout = Patience * 2 }).WaitAsync(cancellationToken);
        foreach (var (layout, entries) in layouts.Zip(described, (layout, result) => (layout, result.Entries)))
            Check(layout, entries);
    }

    /// <summary>A topic that was made is not known to every broker at once.</summary>
    private static async Task<Dictionary<string, int>> WaitForAsync(
        IAdminClient admin, IReadOnlyList<TopicLayout> layouts, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            var present = await MetadataAsync(admin, cancellationToken);
            if (layouts.FirstOrDefault(layout => !present.ContainsKey(layout.Name)) is not { } missing)
                return present;
            if (attempt == 50)
                throw new StorageException($"The topic {missing.Name} was made and is not there yet.", isTransient: true);
            await Task.Delay(TimeSpan.FromMilliseconds(100), SystemDefaults.Time, cancellationToken);
        }
    }

    private void Check(TopicLayout layout, Dictionary<string, ConfigEntryResult> entries)
    {
        foreach (var name in (ReadOnlySpan<string>)[TopicLayout.CleanupPolicy, TopicLayout.TimestampType])
        {
            if (!entries.TryGetValue(name, out var entry)
                || !layout.Settings.TryGetValue(name, out var needed)
                || Same(entry.Value, needed))
                continue;
            throw new StorageException(
                $"The topic {layout.Name} has {name}={entry.Value}, and {needed} is needed: set it with Kafka's own kafka-configs, or " +
                "choose another Kafka:TopicPrefix.", isTransient: false);
        }

        if (layout.Name == Names.Events
            && entries.TryGetValue(TopicLayout.RetentionTime, out var retention)
            && retention.Value != layout.Settings[TopicLayout.RetentionTime])
            LogOtherRetention(
                layout.Name, DescribeRetention(retention.Value), DescribeRetention(layout.Settings[TopicLayout.RetentionTime]));
    }

    private static string DescribeRetention(string milliseconds) => milliseconds == "-1" ? "for ever" : $"for {milliseconds} ms";

    private static bool Same(string actual, string needed) =>
        actual.Split(',', StringSplitOptions.TrimEntries)
            .Order(StringComparer.Ordinal)
            .SequenceEqual(needed.Split(',').Order(StringComparer.Ordinal), StringComparer.Ordinal);

    private static async Task<Dictionary<string, int>> MetadataAsync(IAdminClient admin, CancellationToken cancellationToken)
    {
        var metadata = await Task.Run(() => admin.GetMetadata(Patience), cancellationToken);
        return metadata.Topics
            .Where(topic => !topic.Error.IsError)
            .ToDictionary(topic => topic.Topic, topic => topic.Partitions.Count, StringComparer.Ordinal);
    }

    [LoggerMessage(EventId = 1, Level = LogLevel.Information, Message = "Made the topic {Topic}")]
    private partial void LogCreated(string topic);

    [LoggerMessage(
        EventId = 2,
        Level = LogLevel.Warning,
        Message = "The topic {Topic} keeps events {Actual}, and Collector:RetentionPeriod asks to keep them {Wanted}: change the " +
            "topic's retention.ms with Kafka's own kafka-configs, or the setting")]
    private partial void LogOtherRetention(string topic, string actual, string wanted);
}
