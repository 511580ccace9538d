using System.Text.Json;
using RepoPulse.Core.Reading;
using RepoPulse.Fuzzing.Seeds;

namespace RepoPulse.Fuzzing.Targets;

/// <summary>A page of a feed, as GitHub sends it.</summary>
internal sealed class FeedPageTarget : FuzzTarget
{
    private readonly EventReader _reader = new();
    private readonly List<GitHubEvent> _events = [];
    private readonly List<GitHubEvent> _again = [];
    private readonly List<MalformedElement> _malformed = [];

    public override string Name => "feed-page";

    public override int Share => 90;

    public override IReadOnlyList<byte[]> Seeds { get; } = Generation.Tokens.Utf8(
        $"[{string.Join(',', EventSeeds.Lines.Take(3))}]",
        $"[\n  {string.Join(",\n  ", EventSeeds.Lines.Skip(4).Take(3))}\n]\n",
        $"[{EventSeeds.Lines[8]},{EventSeeds.Lines[9]},null,7]",
        EventSeeds.Lines[0],
        "[]",
        """{"message":"Not Found","documentation_url":"https://docs.github.com/rest"}""");

    public override ValueTask<bool> FuzzAsync(byte[] input)
    {
        _events.Clear();
        _malformed.Clear();
        if (!_reader.TryReadFeed(input, _events, _malformed, out var problem))
        {
            Invariant.Equal(0, _events.Count);
            Invariant.Equal(0, _malformed.Count);
            Invariant.Holds(problem.Length > 0);
            return ValueTask.FromResult(false);
        }

        // Each element is an event or counted as none, exactly once.
        using var document = JsonDocument.Parse(input, new JsonDocumentOptions { MaxDepth = 1_000 });
        var elements = document.RootElement.ValueKind == JsonValueKind.Array ? document.RootElement.GetArrayLength() : 1;
        Invariant.Equal(elements, _events.Count + _malformed.Count);
        Invariant.Equal(_malformed.Count, _malformed.Select(element => element.Index).Distinct().Count());
        foreach (var e in _events)
            EventLineTarget.Check(e, input, _again);
        return ValueTask.FromResult(_events.Count > 0);
    }
}
