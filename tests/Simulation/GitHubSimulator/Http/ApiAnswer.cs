using GitHubSimulator.Faults;
using GitHubSimulator.World;

namespace GitHubSimulator.Http;

/// <summary>A response as GitHub decided on it; a transport sends it, as whole as <see cref="Fate"/> lets it.</summary>
internal sealed class ApiAnswer(int status)
{
    private readonly List<KeyValuePair<string, string>> _headers = new(24);

    public int Status { get; } = status;

    public string? ContentType { get; init; }

    public ReadOnlyMemory<byte> Body { get; init; }

    public AnswerFate Fate { get; init; }

    /// <summary>The events that stand in the body.</summary>
    public IReadOnlyList<SimulatedEvent> Events { get; init; } = [];

    public IReadOnlyList<KeyValuePair<string, string>> Headers => _headers;

    public ApiAnswer With(string header, string value)
    {
        _headers.Add(new(header, value));
        return this;
    }

    public void AddIfAbsent(string header, string value)
    {
        if (Header(header) is null)
            _headers.Add(new(header, value));
    }

    public string? Header(string name)
    {
        foreach (var header in _headers)
            if (header.Key.Equals(name, StringComparison.OrdinalIgnoreCase))
                return header.Value;
        return null;
    }

    /// <summary>The same response, sent only in part or spoilt.</summary>
    public ApiAnswer Meeting(AnswerFate fate)
    {
        if (fate == AnswerFate.Whole || Body.IsEmpty)
            return this;
        var answer = new ApiAnswer(Status) { ContentType = ContentType, Body = fate == AnswerFate.BrokenJson
            ? Body[..(Body.Length / 2)]
            : Body, Fate = fate };
        answer._headers.AddRange(_headers);
        return answer;
    }
}
