using System.Buffers.Text;
using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace RepoPulse.Core.Evidence;

/// <summary>What an event says of the events beside it.</summary>
public sealed record EventEvidence
{
    /// <summary>The ref that a push moved, or that was created or deleted, such as <c>refs/heads/main</c>; null for a number.</summary>
    public string? Ref { get; init; }

    /// <summary>Of a push: the start of the commit that the ref pointed to before; 0 where the push made the ref.</summary>
    public ulong Before { get; init; }

    /// <summary>Of a push: the start of the commit that the ref points to since; 0 where the push removed it.</summary>
    public ulong Head { get; init; }

    /// <summary>Whether it is a push; else what has a <see cref="Ref"/> created or deleted it.</summary>
    public bool IsPush { get; init; }

    /// <summary>The number of an issue, pull request or discussion that was opened; 0 for anything else.</summary>
    public long Number { get; init; }

    /// <summary>Which types of events say anything.</summary>
    public static IReadOnlyList<EventType> Types { get; } =
    [
        EventType.Parse("PushEvent"), EventType.Parse("CreateEvent"), EventType.Parse("DeleteEvent"), EventType.Parse("IssuesEvent"),
        EventType.Parse("PullRequestEvent"), EventType.Parse("DiscussionEvent"),
    ];

    private static readonly FrozenSet<EventType> Known = Types.ToFrozenSet();
    private static readonly EventType Push = Types[0];
    private static readonly EventType Create = Types[1];
    private static readonly EventType Delete = Types[2];

    /// <summary>Whether events of a type say something of a ref: pushes, and what creates and deletes refs.</summary>
    public static bool IsOfRef(EventType type) => type == Push || type == Create || type == Delete;

    /// <summary>
    /// Reads it from an event's JSON. False where the event says nothing: one of another type, a payload of before 2015 without
    /// <c>before</c>, or of a form that is not known.
    /// </summary>
    public static bool TryRead(in GitHubEvent e, [NotNullWhen(true)] out EventEvidence? evidence)
    {
        evidence = null;
        if (e.Json.IsEmpty || !Known.Contains(e.Type))
            return false;
        var parts = default(PayloadParts);
        try
        {
            var reader = new Utf8JsonReader(e.Json.Span);
            reader.Read();
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var isPayload = reader.ValueTextEquals("payload"u8);
                reader.Read();
                if (isPayload && reader.TokenType == JsonTokenType.StartObject)
                {
                    parts.Read(ref reader);
                    break;
                }

                reader.Skip();
            }
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return false;
        }

        if (e.Type == Push)
            return parts.TryGetPush(out evidence);
        return e.Type == Create || e.Type == Delete ? parts.TryGetRef(out evidence) : parts.TryGetNumber(out evidence);
    }

    private ref struct PayloadParts
    {
        private string? _ref;
        private string? _refType;
        private ulong? _before;
        private ulong? _head;
        private bool _isOpened;
        private long _number;

        public void Read(ref Utf8JsonReader reader)
        {
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                if (reader.ValueTextEquals("ref"u8))
                    _ref = Text(ref reader);
                else if (reader.ValueTextEquals("ref_type"u8))
                    _refType = Text(ref reader);
                else if (reader.ValueTextEquals("before"u8))
                    _before = Commit(ref reader);
                else if (reader.ValueTextEquals("head"u8))
                    _head = Commit(ref reader);
                else if (reader.ValueTextEquals("action"u8))
                    _isOpened = Text(ref reader) is "opened" or "created";
                else if (reader.ValueTextEquals("number"u8))
                    _number = Number(ref reader);
                else if (reader.ValueTextEquals("issue"u8) || reader.ValueTextEquals("pull_request"u8)
                    || reader.ValueTextEquals("discussion"u8))
                    ReadSubject(ref reader);
                else
                    Pass(ref reader);

                // The commits of a push, which follow, are the longest part of it.
                if (_ref is not null && _before is not null && _head is not null)
                    return;
            }
        }

        public readonly bool TryGetPush([NotNullWhen(true)] out EventEvidence? evidence)
        {
            evidence = null;
            if (_ref is null || _before is not { } before || _head is not { } head)
                return false;
            evidence = new EventEvidence { Ref = _ref, Before = before, Head = head, IsPush = true };
            return true;
        }

        /// <summary>A branch or a tag; a repository that was created has no ref.</summary>
        public readonly bool TryGetRef([NotNullWhen(true)] out EventEvidence? evidence)
        {
            evidence = _ref is null ? null : new EventEvidence() { Ref = (_refType == "tag" ? "refs/tags/" : "refs/heads/") + _ref };
            return evidence is not null;
        }

        public readonly bool TryGetNumber([NotNullWhen(true)] out EventEvidence? evidence)
        {
            evidence = _isOpened && _number > 0 ? new EventEvidence { Number = _number } : null;
            return evidence is not null;
        }

        private void ReadSubject(ref Utf8JsonReader reader)
        {
            reader.Read();
            if (reader.TokenType != JsonTokenType.StartObject)
            {
                reader.Skip();
                return;
            }

            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                if (reader.ValueTextEquals("number"u8))
                    _number = Number(ref reader);
                else
                    Pass(ref reader);
            }
        }

        private static string? Text(ref Utf8JsonReader reader)
        {
            reader.Read();
            if (reader.TokenType == JsonTokenType.String)
                return reader.GetString();
            reader.Skip();
            return null;
        }

        private static long Number(ref Utf8JsonReader reader)
        {
            reader.Read();
            if (reader.TokenType == JsonTokenType.Number && reader.TryGetInt64(out var number))
                return number;
            reader.Skip();
            return 0;
        }

        private static void Pass(ref Utf8JsonReader reader)
        {
            reader.Read();
            reader.Skip();
        }

        /// <summary>The first 64 bits: chance makes no two commits of one ref the same.</summary>
        private static ulong? Commit(ref Utf8JsonReader reader)
        {
            reader.Read();
            if (reader.TokenType != JsonTokenType.String)
            {
                reader.Skip();
                return null;
            }

            return reader.ValueSpan.Length >= 16
                && Utf8Parser.TryParse(reader.ValueSpan[..16], out ulong commit, out var length, 'x')
                && length == 16
                ? commit
                : null;
        }
    }
}
