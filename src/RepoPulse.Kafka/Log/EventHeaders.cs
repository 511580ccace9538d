using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using Confluent.Kafka;

using RepoPulse.Core.Evidence;

namespace RepoPulse.Kafka;

/// <summary>
/// What stands in a record's headers, in text, so that a reader need not look into the JSON: <c>type</c> (GitHub's name of it),
/// <c>source</c> (<c>poll</c>, <c>webhook</c> or <c>import</c>), <c>id</c> (GitHub's, or a derived one with its prefix), <c>created_at</c>
/// (microseconds since 1970) and <c>repository</c> (owner/name), and <c>visibility</c> where the event says that its repository is private
/// (<c>private</c>). Where it says something of others, <c>evidence</c> has it: of a push its ref and the starts of both commits, of a ref
/// that was created or deleted the ref, of what was opened its number, with blanks between. The key is the repository's id.
/// </summary>
internal static class EventHeaders
{
    public const string Type = "type";
    public const string Source = "source";
    public const string Id = "id";
    public const string CreatedAt = "created_at";
    public const string Repository = "repository";
    public const string Visibility = "visibility";
    public const string Evidence = "evidence";

    /// <summary>There are some dozens of types and as many names as repositories that are busy now; beyond that nothing is kept.</summary>
    private const int MaxKept = 100_000;

    private static readonly ConcurrentDictionary<string, byte[]> TypeBytes = new(StringComparer.Ordinal);
    private static readonly byte[][] SourceBytes = ["poll"u8.ToArray(), "webhook"u8.ToArray(), "import"u8.ToArray()];

    private static readonly byte[] Private = "private"u8.ToArray();

    public static Headers Of(in GitHubEvent e, EventSource source)
    {
        var headers = Required(e, source);
        if (e.IsPrivate)
            headers.Add(Visibility, Private);
        if (EventEvidence.TryRead(e, out var evidence))
            headers.Add(Evidence, Encoding.UTF8.GetBytes(EvidenceText.Write(evidence)));
        return headers;
    }

    private static Headers Required(in GitHubEvent e, EventSource source) => new()
    {
        { Type, Bytes(e.Type) },
        { Source, SourceBytes[(int)source - 1] },
        { Id, Encoding.ASCII.GetBytes(e.Key.Id.ToString()) },
        { CreatedAt, Encoding.ASCII.GetBytes(Micros.Floor(e.Key.CreatedAt).ToString(CultureInfo.InvariantCulture)) },
        { Repository, Encoding.ASCII.GetBytes(e.Repository.FullName) },
    };

    public static byte[] Key(RepositoryId id) => Encoding.ASCII.GetBytes(id.ToString());

    /// <summary>The event of a record; false where it is none of ours.</summary>
    public static bool TryRead(
        RepositoryId repository, Headers headers, ReadOnlyMemory<byte> json, Names names, out GitHubEvent e, out EventSource source)
    {
        e = default;
        source = default;
        EventType type = default;
        EventId id = default;
        DateTimeOffset createdAt = default;
        RepositoryName name = default;
        var isPrivate = false;
        EventEvidence? evidence = null;
        // A set and not a number: a header that is given twice must not stand in for one that is missing.
        var found = Fields.None;
        for (var i = 0; i < headers.Count; i++)
        {
            var header = headers[i];
            var value = header.GetValueBytes() ?? [];
            if (header.Key == Evidence)
                evidence = EvidenceText.Read(Encoding.UTF8.GetString(value));
            isPrivate |= header.Key == Visibility && value.AsSpan().SequenceEqual(Private);
            found |= header.Key switch
            {
                Type when names.Types.TryGet(value, out type) => Fields.Type,
                Source when TryReadSource(value, out source) => Fields.Source,
                Id when TryReadId(value, out id) => Fields.Id,
                CreatedAt when TryReadTime(value, out createdAt) => Fields.CreatedAt,
                Repository when names.Repositories.TryGet(value, out name) => Fields.Repository,
                _ => Fields.None,
            };
        }

        if (found != Fields.All || repository == RepositoryId.None)
            return false;
        e = new GitHubEvent
        {
            Key = new EventKey(id, createdAt),
            Type = type,
            RepositoryId = repository,
            Repository = name,
            Json = json,
            IsPrivate = isPrivate,
            Evidence = evidence,
        };
        return true;
    }

    private static byte[] Bytes(EventType type)
    {
        if (TypeBytes.TryGetValue(type.Name, out var bytes))
            return bytes;
        bytes = Encoding.ASCII.GetBytes(type.Name);
        if (TypeBytes.Count < 1_000)
            TypeBytes.TryAdd(type.Name, bytes);
        return bytes;
    }

    private static bool TryReadSource(ReadOnlySpan<byte> value, out EventSource source)
    {
        for (var i = 0; i < SourceBytes.Length; i++)
        {
            if (!value.SequenceEqual(SourceBytes[i]))
                continue;
            source = (EventSource)(i + 1);
            return true;
        }

        source = default;
        return false;
    }

    private static bool TryReadTime(ReadOnlySpan<byte> value, out DateTimeOffset time)
    {
        time = default;
        return Utf8Parser.TryParse(value, out long micros, out var length)
            && length == value.Length
            && EventTimeRange.TryFromMicros(micros, out time);
    }

    private static bool TryReadId(ReadOnlySpan<byte> value, out EventId id)
    {
        if (Utf8Parser.TryParse(value, out long number, out var length) && length == value.Length && number >= 0)
        {
            id = EventId.FromGitHub(number);
            return true;
        }

        return EventId.TryParse(Encoding.ASCII.GetString(value), out id);
    }

    [Flags]
    private enum Fields
    {
        None = 0,
        Type = 1,
        Source = 2,
        Id = 4,
        CreatedAt = 8,
        Repository = 16,
        All = Type | Source | Id | CreatedAt | Repository,
    }

    /// <summary>The texts that a reader meets over and over, each made once.</summary>
    public sealed class Names
    {
        public TextTable<EventType> Types { get; } = new(1_000, (string text, out EventType type) => EventType.TryParse(text, out type));

        public TextTable<RepositoryName> Repositories { get; } = new(
            MaxKept, (string text, out RepositoryName name) => RepositoryName.TryParse(text, out name));
    }
}
