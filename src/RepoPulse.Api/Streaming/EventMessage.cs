namespace RepoPulse.Api.Streaming;

/// <summary>An event of the log.</summary>
/// <param name="OtherForms">What else reports the same occurrence, by a webhook or a poll: a reader that was sent one of them is not sent
/// the other.</param>
/// <param name="Json">GitHub's, on one line.</param>
internal sealed record EventMessage(
    LogPosition Position,
    string Id,
    LogPlaceholder Place,
    EventKey Key,
    EventType Type,
    RepositoryId RepositoryId,
    RepositoryName Repository,
    IReadOnlyList<EventKey> OtherForms, ReadOnlyMemory<byte> Json)
    : StreamMessage(Position, Id)
{
    public override int Size => base.Size + Json.Length;

    /// <param name="supersessions">Those of its batch.</param>
    public static EventMessage Of(
        in GitHubEvent e, LogPosition before, LogPosition after, IReadOnlyList<Supersession> supersessions, StreamIds ids)
    {
        var key = e.Key;
        return new(
            after, ids.Encode(after), LogPlaceholder.Between(before, after), key, e.Type, e.RepositoryId, e.Repository,
            supersessions.Count == 0
                ? []
                : [.. supersessions.Where(s => s.By == key || s.Superseded == key).Select(s => s.By == key ? s.Superseded : s.By)],
            OneLine(e.Json));
    }

    /// <summary>A line break stands between two tokens of JSON or nowhere, so that a space means the same.</summary>
    private static ReadOnlyMemory<byte> OneLine(ReadOnlyMemory<byte> json)
    {
        if (json.Span.IndexOfAny((byte)'\n', (byte)'\r') < 0)
            return json;
        var line = json.ToArray();
        line.AsSpan().Replace((byte)'\n', (byte)' ');
        line.AsSpan().Replace((byte)'\r', (byte)' ');
        return line;
    }
}
