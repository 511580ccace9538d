using System.Runtime.InteropServices;
using System.Text.Json;
using CsCheck;
using RepoPulse.Core.Reading;

namespace RepoPulse.UnitTests.Core.Events.Reading;

/// <summary>Whatever the bytes, nothing is thrown, and what is read lies within them and is an event by itself.</summary>
public sealed class EventReaderFuzzTests
{
    private static readonly string[] Tokens =
    [
        "{", "}", "[", "]", ",", ":", "\"", "\\", "\\ud83d", "\\u0000", "\0", "\n", "null", "true", "1e999", "-1", "{}", "[]", "\"id\":",
        "\"type\":",
        "\"repo\":", "\"repository\":", "\"actor\":\"a\"", "\"created_at\":", "\"owner\":", "\"name\":", "\"2012/03/10 12:34:56 -0800\"",
        "\u00e9", "/",
    ];

    private static readonly Gen<byte[]> Whole = Gen.Select(
        Gen.OneOfConst(Samples.Api, Samples.Timeline, Samples.Numbered(1)).Array[1, 3], Gen.Bool)
        .Select((events, isFeed) => Samples.Bytes(isFeed ? $"[{string.Join(',', events)}]" : string.Concat(events)));

    private static readonly Gen<byte[]> Piece = Gen.OneOf(Gen.OneOfConst(Tokens).Select(Samples.Bytes), Gen.Byte.Array[0, 4]);

    private static readonly Gen<byte[]> Mutated = Gen.Select(Whole, Gen.Select(Gen.Int[0, 2000], Gen.Int[0, 40], Piece).Array[1, 4])
        .Select((bytes, edits) => edits.Aggregate(bytes, (now, edit) => Splice(now, edit.Item1, edit.Item2, edit.Item3)));

    private static readonly Gen<byte[]> TokenSoup = Gen.OneOfConst(Tokens).Array[0, 30].Select(
        tokens => Samples.Bytes(string.Concat(tokens)));

    [Fact]
    public void Arbitrary_bytes_never_throw() => Gen.Byte.Array[0, 200].Sample(Check, iter: 20_000);

    [Fact]
    public void Arbitrary_tokens_never_throw() => TokenSoup.Sample(Check, iter: 20_000);

    [Fact]
    public void Mutated_events_never_throw() => Mutated.Sample(Check, iter: 20_000);

    private static void Check(byte[] bytes)
    {
        var reader = new EventReader();
        var events = new List<GitHubEvent>();
        if (!reader.TryReadLine(bytes, events, out var fault))
        {
            Assert.Empty(events);
            Assert.NotEmpty(fault);
        }

        var faults = new List<MalformedElement>();
        reader.TryReadFeed(bytes, events, faults, out _);
        foreach (var read in events)
            CheckEvent(read, bytes);
    }

    private static void CheckEvent(GitHubEvent read, byte[] bytes)
    {
        Assert.True(MemoryMarshal.TryGetArray(read.Json, out var slice));
        Assert.Same(bytes, slice.Array);
        using var document = JsonDocument.Parse(read.Json);
        Assert.Equal(JsonValueKind.Object, document.RootElement.ValueKind);
        Assert.Equal((byte)'{', read.Json.Span[0]);
        Assert.Equal((byte)'}', read.Json.Span[^1]);
        Assert.NotEmpty(read.Type.Name);
        Assert.Equal(read.HasRepository, !read.Repository.IsEmpty);

        var again = new List<GitHubEvent>();
        Assert.True(new EventReader().TryReadLine(read.Json, again, out _));
        Assert.Equal(read with { Json = default }, Assert.Single(again) with { Json = default });
    }

    private static byte[] Splice(byte[] bytes, int at, int remove, byte[] insert)
    {
        at = Math.Min(at, bytes.Length);
        return [.. bytes.AsSpan(0, at), .. insert, .. bytes.AsSpan(Math.Min(bytes.Length, at + remove))];
    }
}
