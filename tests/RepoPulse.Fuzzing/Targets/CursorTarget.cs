using System.Text;
using RepoPulse.Api;
using RepoPulse.Api.Coverage;
using RepoPulse.Api.Events;
using RepoPulse.Api.Repositories;
using RepoPulse.Api.Statistics;
using RepoPulse.Api.View;
using RepoPulse.Fuzzing.Generation;

namespace RepoPulse.Fuzzing.Targets;

/// <summary>
/// Cursors of lists: their text, and what it holds. The check in a cursor keeps no one from making one, so the payload is attacked behind
/// it too: an
/// input that begins with '!' is a payload.
/// </summary>
internal sealed class CursorTarget : FuzzTarget
{
    private static readonly FilterFingerprint Filters = FilterFingerprint.Of("events", "eventType=PushEvent");
    private static readonly DateTimeOffset At = new(2026, 11, 23, 7, 0, 0, TimeSpan.Zero);
    private static readonly NameKey Row = new(RepositoryName.Parse("octo/cat"), new RepositoryId(7001));

    private static readonly string[] Texts =
    [
        new EventPosition(new EventKey(EventId.FromGitHub(40000000001), At)).Encode(Filters), new IntervalPosition(At).Encode(Filters),
        new NamePosition(Row).Encode(Filters),
        new StatisticsPosition(new SortKey(17, Row)).Encode(Filters), new StatisticsPosition(new SortKey(null, Row)).Encode(Filters),
    ];

    public override string Name => "cursor";

    public override int Share => 70;

    public override IReadOnlyList<byte[]> Seeds { get; } = [.. Tokens.Utf8(Texts), .. Texts.Select(
        text => (byte[])[(byte)'!', .. PayloadOf(text)])];

    public override ValueTask<bool> FuzzAsync(byte[] input)
    {
        var text = input is [(byte)'!', .. { Length: > 0 and < 700 } payload]
            ? Cursor.Encode(payload, Filters)
            : Encoding.Latin1.GetString(input);
        if (!Cursor.TryDecode(text, Filters, out var decoded))
            return ValueTask.FromResult(false);

        // A cursor belongs to one list with its filters.
        Invariant.Holds(!Cursor.TryDecode(text, FilterFingerprint.Of("events"), out _));
        var kinds = 0;
        if (EventPosition.TryParse(decoded, out var e))
        {
            kinds++;
            Invariant.Holds(EventPosition.TryParse(PayloadOf(e.Encode(Filters)), out var again) && again == e);
        }

        if (IntervalPosition.TryParse(decoded, out var interval))
        {
            kinds++;
            Invariant.Holds(IntervalPosition.TryParse(PayloadOf(interval.Encode(Filters)), out var again) && again == interval);
        }

        if (NamePosition.TryParse(decoded, out var name))
        {
            kinds++;
            Invariant.Holds(NamePosition.TryParse(PayloadOf(name.Encode(Filters)), out var again) && again == name);
        }

        if (StatisticsPosition.TryParse(decoded, out var figure))
        {
            kinds++;
            Invariant.Holds(StatisticsPosition.TryParse(PayloadOf(figure.Encode(Filters)), out var again) && again == figure);
        }

        return ValueTask.FromResult(kinds > 0);
    }

    private static byte[] PayloadOf(string cursor)
    {
        Invariant.Holds(Cursor.TryDecode(cursor, Filters, out var payload));
        return payload.ToArray();
    }

}
