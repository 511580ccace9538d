using System.Globalization;
using System.Text;
using System.Text.Json;
using Confluent.Kafka;
using Microsoft.Extensions.Time.Testing;
using RepoPulse.Fuzzing.Generation;
using RepoPulse.Fuzzing.Seeds;
using RepoPulse.Kafka;

namespace RepoPulse.Fuzzing.Targets;

/// <summary>Records of every topic: its name and the key a line each, then headers and a blank line, then the value.</summary>
internal sealed class KafkaTarget : FuzzTarget
{
    private const string Statistics =
        """{"repositoryId":7001,"names":[{"name":"octo/cat","lastSeenAt":"2026-11-23T11:59:30+00:00"}],"lastEventAt":"2026-11-23T11:59:30+00:00","asOf":"2026-11-23T12:00:00+00:00","validUntil":"2026-11-23T12:30:00+00:00","total":{"eventType":"*","events":2,"capped":true,"firstEventAt":"2026-11-23T11:00:00+00:00","lastEventAt":"2026-11-23T11:59:30+00:00","meanIntervalSeconds":3570.5,"medianIntervalSeconds":3570.5,"p95IntervalSeconds":1,"minIntervalSeconds":1,"maxIntervalSeconds":1},"byEventType":[{"eventType":"PushEvent","events":2}]}""";

    private const string Coverage =
        """{"feed":"repos/octo/cat","origin":"repos/octo/dog","repositoryId":7001,"state":1,"lastPolledAt":"2026-11-23T11:59:30+00:00","nextPollAt":"2026-11-23T12:14:30+00:00","names":[{"name":"octo/cat","lastSeenAt":"2026-11-23T11:59:30+00:00"}],"intervals":[{"from":"2026-10-24T00:00:00+00:00","to":"2026-11-01T00:00:00+00:00","state":0},{"from":"2026-11-01T00:00:00+00:00","to":"2026-11-02T00:00:00+00:00","state":1,"reason":"down"}]}""";

    private const string CursorValue =
        """{"feed":"repos/octo/cat","repositoryId":7001,"state":1,"lastPolledAt":"2026-11-23T11:59:30+00:00","cursor":{"movedTo":"repositories/7001","token":"ab","pages":[],"lastSweptAt":"2026-11-23T11:59:30+00:00","enteredSince":3,"eventsPerHour":1.5,"pollInterval":"00:01:00","failures":1},"known":"AYCAgIAQgICAgBA="}""";

    private static readonly TopicNames Names = new(new KafkaOptions { BootstrapServers = ["localhost:9092"] });

    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 23, 12, 0, 0, TimeSpan.Zero));
    private readonly EventHeaders.Names _texts = new();
    private WatchState _watch;
    private CatalogState _catalog;
    private KafkaTokenRegistry _tokens = new();
    private DeliveryMemory _deliveries;
    private int _applied;

    public KafkaTarget()
    {
        _watch = new WatchState(Names);
        _catalog = new CatalogState(_watch);
        _deliveries = new DeliveryMemory(_time);
    }

    public override string Name => "kafka";

    public override int Share => 110;

    public override IReadOnlyList<byte[]> Seeds { get; } = Tokens.Utf8(
        Event("PushEvent", "poll", "40000000001", "1795435170000000", EventSeeds.Lines[0]),
        Event("WatchEvent", "import", "timeline-0000000000000abc", "-1", EventSeeds.Lines[8]),
        Event("PushEvent", "webhook", "webhook-3685663315b62dc1", "1795435170123456", EventSeeds.Lines[11]),
        $"statistics\n7001\n\n{Statistics}",
        "statistics\nprogress\n\n{\"asOf\":\"2026-11-23T12:00:00+00:00\",\"offset\":17,\"windowSeconds\":604800,\"windowEvents\":500}",
        $"coverage\nrepos/octo/cat\n\n{Coverage}",
        $"cursors\nrepos/octo/cat\n\n{CursorValue}",
        "feeds\nrepos/octo/cat|one\n\n{\"feed\":\"repos/Octo/Cat\",\"collector\":\"one\"}",
        "feeds\norgs/octo|two\n\n",
        "collectors\nlist:one\n\n{\"registeredAt\":\"2026-11-23T11:59:30+00:00\"}",
        "collectors\ncollector:one-1\n\n{\"tokens\":[{\"token\":\"ab\",\"waitsUntil\":\"2026-11-23T12:10:00+00:00\"},{\"token\":\"cd\"}]}",
        "archives\n1\n\n{\"from\":\"2026-11-01T00:00:00+00:00\",\"to\":\"2026-11-01T01:00:00+00:00\",\"repositories\":[7001]}",
        "deliveries\n72d3162e-cc78-11e3-81ab-4c9367dc0958\n\n1795435170000000");

    public override IReadOnlyList<string> Words => ["type: ", "source: ", "id: ", "created_at: ", "repository: ", "garbage",
    "9223372036854775807", "-62135596800000001", "253402300800000000", "list:", "collector:", "|"];

    public override ValueTask<bool> FuzzAsync(byte[] input)
    {
        var lines = new Lines(input);
        var topic = lines.Next();
        var key = Encoding.UTF8.GetBytes(lines.Next().Replace('|', '\n'));
        var headers = lines.NextHeaders();
        var value = lines.Rest.IsEmpty ? null : lines.Rest.ToArray();
        if (_applied++ % 2_000 == 0)
            Renew();
        try
        {
            return ValueTask.FromResult(topic == "events" ? ReadEvent(key, headers, value ?? []) : Apply(topic, key, value));
        }
        catch (Exception e) when (IsUnreadable(e))
        {
            return ValueTask.FromResult(false);
        }
    }

    /// <summary>What a decoder of records throws for one that cannot be read.</summary>
    private static bool IsUnreadable(Exception e) =>
        e is JsonException or FormatException or InvalidDataException or ArgumentException or NullReferenceException;

    private bool ReadEvent(byte[] key, List<(string Name, string Value)> given, byte[] json)
    {
        var headers = new Headers();
        foreach (var (name, value) in given)
            headers.Add(name, Encoding.UTF8.GetBytes(value));
        var repository = RepositoryKeys.Instance.Deserialize(key, isNull: false, default);
        if (!EventHeaders.TryRead(repository, headers, json, _texts, out var e, out var source))
            return false;
        var written = EventHeaders.Of(e, source);
        Invariant.Holds(given.Exists(header => header.Name == EventHeaders.CreatedAt
            && header.Value == Micros.Floor(e.Key.CreatedAt).ToString(CultureInfo.InvariantCulture)) || CreatedAtOf(given) is not null);
        Invariant.Holds(EventHeaders.TryRead(repository, written, json, _texts, out var again, out var sourceAgain)
            && again == e
            && sourceAgain == source);
        NaturalKeyReader.TryRead(e, out _);
        return true;
    }

    private static long? CreatedAtOf(List<(string Name, string Value)> given) =>
        long.TryParse(
            given.LastOrDefault(header => header.Name == EventHeaders.CreatedAt).Value,
            CultureInfo.InvariantCulture,
            out var micros) ? micros : null;

    private bool Apply(string topic, byte[] key, byte[]? value)
    {
        var record = new ConsumeResult<byte[]?, byte[]?>
        {
            Topic = Names.Events[..^"events".Length] + topic,
            Message = new() { Key = key, Value = value, Timestamp = new Timestamp(_time.GetUtcNow()) },
        };
        switch (topic)
        {
            case "feeds" or "collectors":
                _catalog.ApplyWatch(_watch.Apply(record));
                _tokens.Apply(record);
                _tokens.Read("self", [], _time.GetUtcNow());
                _watch.Watched(_time.GetUtcNow());
                return true;
            case "deliveries":
                _deliveries.Apply(record);
                return _deliveries.Knows(Encoding.ASCII.GetString(key));
            case "statistics" when ProgressRecord.Key.SequenceEqual(key):
                return Read(value, KafkaJsonContext.Default.ProgressRecord) is not null;
            case "statistics" when Read(value, KafkaJsonContext.Default.StatisticsRecord) is { } statistics:
                statistics.ToSnapshot();
                _catalog.Apply(statistics);
                break;
            case "coverage" when Read(value, KafkaJsonContext.Default.CoverageRecord) is { } coverage:
                _catalog.Apply(coverage);
                break;
            case "archives" when Read(value, KafkaJsonContext.Default.ArchiveRecord) is { } archive:
                _catalog.Apply(archive);
                break;
            case "cursors" when Read(value, KafkaJsonContext.Default.CursorRecord) is { } cursor
                && FeedAddress.TryParse(cursor.Feed, out var feed):
                var again = CursorRecord.Of(feed, null, cursor.ToCursor());
                Invariant.Holds(again.ToCursor().Known.SequenceEqual(cursor.ToCursor().Known));
                break;
            default:
                return false;
        }

        return true;
    }

    private static T? Read<T>(byte[]? value, System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> type)
        where T : class => value is null ? null : JsonSerializer.Deserialize(value, type);

    private static string Event(string type, string source, string id, string createdAt, string json) =>
        $"events\n7001\ntype: {type}\nsource: {source}\nid: {id}\ncreated_at: {createdAt}\nrepository: octo/cat\n\n{json}";

    /// <summary>What the topics say is held for as long as they say it: here it would be rubbish without end.</summary>
    private void Renew()
    {
        _watch = new WatchState(Names);
        _catalog = new CatalogState(_watch);
        _tokens = new KafkaTokenRegistry();
        _deliveries = new DeliveryMemory(_time);
    }
}
