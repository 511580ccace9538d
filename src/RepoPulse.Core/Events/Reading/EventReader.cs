using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Unicode;

namespace RepoPulse.Core.Reading;

/// <summary>
/// Reads every form of GitHub's event JSON from UTF-8 bytes: the Events API, GH Archive since 2011, and the timeline before 2015. Not safe
/// for use by several threads at once; made once and used for many lines, since it remembers names.
/// </summary>
/// <remarks>
/// <para>An event has a type, a <c>created_at</c> and an id. Only the timeline's events may lack the id: theirs is derived from a hash of
/// their bytes (the first 62 bits of the SHA-256's first eight bytes), so one event read twice from the same bytes has one id.</para>
/// <para>An event whose repository has no id, or no name in GitHub's alphabet (such as the <c>/</c> of gists and followed users), is an
/// event of no repository: it is not known whose it is. Parts of the wrong kind, text that is not UTF-8 and broken JSON are errors.</para>
/// <para>Events hold slices of the memory that was read, not copies: they are good as long as that memory is.</para>
/// </remarks>
public sealed class EventReader
{
    private static readonly JsonReaderOptions LineOptions = new() { AllowMultipleValues = true };

    private readonly InternTable<EventType> _types = new(256, 100, EventType.TryParse);
    private readonly InternTable<RepositoryName> _names = new(8192, RepositoryName.MaxLength, RepositoryName.TryParse);

    /// <summary>
    /// Adds the events of one line: whole JSON objects, one or several without anything between, that are all events. Where any is not,
    /// nothing is added. A blank line is no event and no error.
    /// </summary>
    /// <param name="fault">What is wrong with the line, in a few words for people.</param>
    public bool TryReadLine(ReadOnlyMemory<byte> line, List<GitHubEvent> events, [NotNullWhen(false)] out string? fault)
    {
        fault = null;
        if (line.Span.IndexOfAnyExcept(" \t\r\n"u8) < 0)
            return true;
        var held = events.Count;
        try
        {
            var reader = new Utf8JsonReader(line.Span, LineOptions);
            while (fault is null && reader.Read())
                fault = ReadEvent(ref reader, line, events);
        }
        catch (JsonException e)
        {
            fault = BrokenJson(e);
        }

        if (fault is not null)
            events.RemoveRange(held, events.Count - held);
        return fault is null;
    }

    /// <summary>
    /// Adds the events of a response of the Events API: a JSON array of them, or a single one. An element that is not an event is reported
    /// in <paramref name="faults"/> and the others are read. False where the body is no feed at all (cut off, HTML, an error message): then
    /// nothing is added to either list.
    /// </summary>
    /// <param name="problem">Why the body is no feed, in a few words for people.</param>
    public bool TryReadFeed(
        ReadOnlyMemory<byte> body, List<GitHubEvent> events, List<MalformedElement> faults, [NotNullWhen(false)] out string? problem)
    {
        var (heldEvents, heldFaults) = (events.Count, faults.Count);
        try
        {
            var reader = new Utf8JsonReader(body.Span);
            reader.Read();
            problem = reader.TokenType switch
            {
                JsonTokenType.StartArray => ReadElements(ref reader, body, events, faults),
                JsonTokenType.StartObject => ReadEvent(ref reader, body, events),
                _ => "neither an array nor an object",
            };
            if (problem is null)
                reader.Read(); // Throws if anything follows.
        }
        catch (JsonException e)
        {
            problem = BrokenJson(e);
        }

        if (problem is null)
            return true;
        events.RemoveRange(heldEvents, events.Count - heldEvents);
        faults.RemoveRange(heldFaults, faults.Count - heldFaults);
        return false;
    }

    private static string BrokenJson(JsonException e) => $"broken JSON: {e.Message}";

    private string? ReadElements(
        ref Utf8JsonReader reader, ReadOnlyMemory<byte> body, List<GitHubEvent> events, List<MalformedElement> faults)
    {
        for (var index = 0; reader.Read() && reader.TokenType != JsonTokenType.EndArray; index++)
        {
            var fault = ReadEvent(ref reader, body, events);
            if (fault is not null)
                faults.Add(new MalformedElement(index, fault));
        }

        return null;
    }

    /// <summary>
    /// Reads the value that the reader is at the start of, adds it if it is an event, and returns why it is none otherwise.
    /// </summary>
    private string? ReadEvent(ref Utf8JsonReader reader, ReadOnlyMemory<byte> json, List<GitHubEvent> events)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            reader.Skip();
            return "it is not an object";
        }

        var start = (int)reader.TokenStartIndex;
        var envelope = new EventEnvelope(_types, _names);
        envelope.Read(ref reader);
        var slice = json[start..(int)reader.BytesConsumed];
        if (!Utf8.IsValid(slice.Span))
            return "it is not UTF-8";
        if (envelope.TryComplete(slice, out var result, out var fault))
            events.Add(result);
        return fault;
    }
}

/// <summary>An element of a feed that is not an event.</summary>
/// <param name="Index">Its place in the feed, from 0.</param>
/// <param name="Reason">What is wrong with it, in a few words for people.</param>
public readonly record struct MalformedElement(int Index, string Reason);
