using System.Runtime.InteropServices;
using System.Text.Json;
using RepoPulse.Commands.Export;
using RepoPulse.Core.Reading;
using RepoPulse.Fuzzing.Seeds;

namespace RepoPulse.Fuzzing.Targets;

/// <summary>One line of an archive: events of each form.</summary>
internal sealed class EventLineTarget : FuzzTarget
{
    // Kept from input to input, as an import keeps it: what it remembers is bounded.
    private readonly EventReader _reader = new();
    private readonly List<GitHubEvent> _events = [];
    private readonly List<GitHubEvent> _again = [];

    public override string Name => "event-line";

    public override int Share => 180;

    public override IReadOnlyList<byte[]> Seeds { get; } = [.. EventSeeds.Each, [.. EventSeeds.Each[0], .. EventSeeds.Each[8]]];

    public override ValueTask<bool> FuzzAsync(byte[] input)
    {
        _events.Clear();
        if (!_reader.TryReadLine(input, _events, out var problem))
        {
            Invariant.Equal(0, _events.Count);
            Invariant.Holds(problem.Length > 0);
            return ValueTask.FromResult(false);
        }

        foreach (var e in _events)
            Check(e, input, _again);
        return ValueTask.FromResult(_events.Count > 0);
    }

    /// <summary>An event lies within what was read, is an event by itself, and reads equal when it is read again.</summary>
    internal static void Check(in GitHubEvent e, byte[] input, List<GitHubEvent> again)
    {
        Invariant.Holds(MemoryMarshal.TryGetArray(e.Json, out var slice) && slice.Array == input);
        Invariant.Equal(e.HasRepository, !e.Repository.IsEmpty);
        Invariant.Equal(0, e.Key.CreatedAt.UtcTicks % TimeSpan.TicksPerMicrosecond);
        Invariant.Equal(e.Key.CreatedAt, Micros.ToTime(Micros.Floor(e.Key.CreatedAt)));
        Invariant.Holds(EventId.TryParse(e.Key.Id.ToString(), out var id) && id == e.Key.Id);
        using (var document = JsonDocument.Parse(e.Json, new JsonDocumentOptions { MaxDepth = 1_000 }))
            Invariant.Equal(JsonValueKind.Object, document.RootElement.ValueKind);

        again.Clear();
        Invariant.Holds(new EventReader().TryReadLine(e.Json, again, out _));
        Invariant.Equal(1, again.Count);
        Invariant.Equal(e with { Json = default }, again[0] with { Json = default });

        // Which other event it is the same as is asked of each that is stored, and its columns of each that is exported.
        NaturalKeyReader.TryRead(e, out _);
        Invariant.Equal(e.Key.Id.ToString(), ExportedEvent.Read(e).Id);
    }
}
