using System.Text;
using Microsoft.Extensions.Time.Testing;
using RepoPulse.Api.Streaming;
using RepoPulse.Fuzzing.Generation;

namespace RepoPulse.Fuzzing.Targets;

/// <summary>Places in the log: the ids of the stream, which come back in Last-Event-ID, and the positions that stores keep.</summary>
internal sealed class PositionTarget : FuzzTarget
{
    private static readonly StreamIds Ids = new(
        "a secret that all instances share"u8, new FakeTimeProvider(DateTimeOffset.UnixEpoch.AddYears(56)));

    public override string Name => "position";

    public override int Share => 40;

    // Every id has random bytes of its own. What is accepted depends on the seed and the number of an input all the same.
    public override IReadOnlyList<byte[]> Seeds { get; } =
    [
        .. Tokens.Utf8(Ids.Encode(LogPosition.Start), Ids.Encode(LogPosition.Of(17)), Ids.Encode(
            LogPosition.Of([.. Enumerable.Range(0, 12).Select(i => (long)i << 40)]))),
        .. Tokens.Utf8("17", "0.1.2.-1.9223372036854775807", "-9223372036854775808.0"),
    ];

    public override ValueTask<bool> FuzzAsync(byte[] input)
    {
        var text = Encoding.UTF8.GetString(input);
        var accepted = false;
        if (Ids.TryDecode(text, out var place))
        {
            accepted = true;
            Invariant.Holds(Ids.TryDecode(Ids.Encode(place.Position), out var again) && again.Position == place.Position);
        }

        if (LogPosition.TryParse(text, out var position))
        {
            accepted = true;
            Invariant.Holds(LogPosition.TryParse(position.ToString(), out var again) && again == position);
            Invariant.Holds(position.Covers(LogPosition.Start)
                && position.Covers(position)
                && LogPosition.Furthest(position, LogPosition.Of(5)).Covers(position));
        }

        return ValueTask.FromResult(accepted);
    }
}
