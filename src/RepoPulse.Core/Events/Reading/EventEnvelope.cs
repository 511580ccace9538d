using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace RepoPulse.Core.Reading;

/// <summary>What one JSON object says of itself as an event, gathered in any order its properties come.</summary>
internal ref struct EventEnvelope(InternTable<EventType> types, InternTable<RepositoryName> names)
{
    private EventId? _id;
    private EventType? _type;
    private DateTimeOffset? _createdAt;
    private RepositoryPart _repository;
    private bool _hasRepo;
    private bool _isTimeline;
    private bool _isEvent;
    private bool _isPrivate;
    private string? _fault;

    /// <summary>Reads the object that the reader is at the start of, and stops at its end.</summary>
    /// <exception cref="JsonException">The JSON is broken. Anything else that is wrong is reported by
    /// <see cref="TryComplete"/>.</exception>
    public void Read(ref Utf8JsonReader reader)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var part = PartOf(ref reader);
            if (part == EventPart.Other)
            {
                reader.Skip();
                continue;
            }

            reader.Read();
            var fault = ReadPart(part, ref reader);
            reader.Skip(); // Whatever of the value was not looked at.
            _fault ??= fault;
        }
    }

    /// <summary>The event, or what keeps the object from being one.</summary>
    public readonly bool TryComplete(ReadOnlyMemory<byte> json, out GitHubEvent result, out string? fault)
    {
        result = default;
        fault = _fault ?? Missing();
        if (fault is not null)
            return false;
        // GitHub's users and organizations have an id, a type and a created_at too.
        if (!_isEvent && !_type!.Value.Name.EndsWith("Event", StringComparison.Ordinal))
        {
            fault = $"it is not an event but a {_type.Value}";
            return false;
        }

        var hasRepository = _repository.TryGetName(names, out var name) && _repository.Id != RepositoryId.None;
        result = new GitHubEvent
        {
            Key = new EventKey(_id ?? EventId.FromTimeline(HashOf(json.Span)), _createdAt!.Value),
            Type = _type!.Value,
            RepositoryId = hasRepository ? _repository.Id : RepositoryId.None,
            Repository = hasRepository ? name : default,
            Json = json,
            IsPrivate = _isPrivate,
        };
        return true;
    }

    private readonly string? Missing() => this switch
    {
        { _type: null } => "it has no type",
        { _createdAt: null } => "it has no created_at",
        { _id: null, _isTimeline: false } => "it has no id",
        _ => null,
    };

    private string? ReadPart(EventPart part, ref Utf8JsonReader reader)
    {
        // A timeline's event has no id, an actor that is a string, and a repository; nothing else may go without an id.
        _isEvent |= part is EventPart.Repo or EventPart.Repository or EventPart.Actor or EventPart.Payload;
        _isTimeline |= part is EventPart.Repository or EventPart.ActorAttributes
            || (part == EventPart.Actor && reader.TokenType == JsonTokenType.String);
        return reader.TokenType == JsonTokenType.Null
            ? null
            : part switch
            {
                EventPart.Id => ReadId(ref reader),
                EventPart.Type => ReadType(ref reader),
                EventPart.CreatedAt => ReadCreatedAt(ref reader),
                EventPart.Repo or EventPart.Repository => ReadRepository(part, ref reader),
                EventPart.Public => ReadPublic(ref reader),
                _ => null,
            };
    }

    private string? ReadId(ref Utf8JsonReader reader)
    {
        if (JsonNumber.TryGet(ref reader, out var number) && number >= 0)
            _id = EventId.FromGitHub(number);
        else if (reader.TokenType == JsonTokenType.String && JsonText.TryGet(ref reader, out var text) && text.Length < 40
            && EventId.TryParse(Encoding.UTF8.GetString(text), out var derived) && derived.IsDerived)
            _id = derived; // RepoPulse's own, from an export.
        else
            return "its id is not a number";
        return null;
    }

    private string? ReadType(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.String || !JsonText.TryGet(ref reader, out var text) || !types.TryGet(text, out var type))
            return "its type is not the name of one";
        _type = type;
        return null;
    }

    private string? ReadCreatedAt(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.String
            || !JsonText.TryGet(ref reader, out var text)
            || !EventTime.TryParse(text, out var time))
            return "its created_at is not a time";
        _createdAt = time;
        return null;
    }

    private string? ReadRepository(EventPart part, ref Utf8JsonReader reader)
    {
        if (part == EventPart.Repository && _hasRepo)
            return null;
        _hasRepo |= part == EventPart.Repo;
        _repository = default;
        return _repository.Read(ref reader);
    }

    private string? ReadPublic(ref Utf8JsonReader reader)
    {
        _isPrivate = reader.TokenType == JsonTokenType.False;
        return null;
    }

    private static EventPart PartOf(ref Utf8JsonReader reader)
    {
        if (!JsonText.TryGet(ref reader, out var name))
            return EventPart.Other;
        return name.Length switch
        {
            2 when name.SequenceEqual("id"u8) => EventPart.Id,
            4 when name.SequenceEqual("type"u8) => EventPart.Type,
            4 when name.SequenceEqual("repo"u8) => EventPart.Repo,
            5 when name.SequenceEqual("actor"u8) => EventPart.Actor,
            6 when name.SequenceEqual("public"u8) => EventPart.Public,
            7 when name.SequenceEqual("payload"u8) => EventPart.Payload,
            10 when name.SequenceEqual("created_at"u8) => EventPart.CreatedAt,
            10 when name.SequenceEqual("repository"u8) => EventPart.Repository,
            16 when name.SequenceEqual("actor_attributes"u8) => EventPart.ActorAttributes,
            _ => EventPart.Other,
        };
    }

    /// <summary>
    /// The first eight bytes of the SHA-256 of the JSON: the same bytes give the same id, on every machine and in every version.
    /// </summary>
    private static ulong HashOf(ReadOnlySpan<byte> json)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(json, hash);
        return BinaryPrimitives.ReadUInt64BigEndian(hash);
    }
}

/// <summary>The properties of an event that the reader looks at; every other is passed over.</summary>
internal enum EventPart
{
    Other,
    Id,
    Type,
    CreatedAt,
    Repo,
    Repository,
    Actor,
    ActorAttributes,
    Payload,
    Public,
}
