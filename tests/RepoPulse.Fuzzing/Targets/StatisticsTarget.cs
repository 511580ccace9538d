using System.Text.Json;
using RepoPulse.Commands.Stats;
using RepoPulse.Fuzzing.Generation;

namespace RepoPulse.Fuzzing.Targets;

/// <summary>What <c>stats --server</c> reads from a server that may be another.</summary>
internal sealed class StatisticsTarget : FuzzTarget
{
    private const string Document =
        """{"repository":"octo/cat","repositoryId":7001,"window":{"durationSeconds":604800,"maxEvents":500},"coverage":{"from":"2026-11-16T07:00:00Z","complete":true,"gaps":0,"missingSeconds":0},"total":{"eventType":"*","events":2,"limitedBy":"duration","firstEventAt":"2026-11-22T01:02:03Z","lastEventAt":"2026-11-23T06:59:58Z","meanIntervalSeconds":216.22,"medianIntervalSeconds":61,"p95IntervalSeconds":900.5,"minIntervalSeconds":0,"maxIntervalSeconds":5400,"stdDevIntervalSeconds":null},"byEventType":[]}""";

    public override string Name => "statistics";

    public override int Share => 20;

    public override IReadOnlyList<byte[]> Seeds { get; } = Tokens.Utf8(
        $$"""{"items":[{{Document}},{{Document}}],"next":"abc"}""",
        """{"items":[],"next":null}""",
        $$"""{"next":null,"more":{"items":[1]},"items":[{{Document}}]}""");

    public override ValueTask<bool> FuzzAsync(byte[] input)
    {
        try
        {
            // Both say by this exception, and by no other, that a response is not RepoPulse's.
            foreach (var item in StatisticsPage.Parse(input).Items)
                JsonSerializer.Deserialize(item.Span, StatisticsJsonContext.Default.StatisticsDocument);
            return ValueTask.FromResult(true);
        }
        catch (JsonException)
        {
            return ValueTask.FromResult(false);
        }
    }
}
