namespace RepoPulse.Commands.Stats;

internal sealed record ActivityBucket
{
    public required DateTimeOffset From { get; init; }

    public required IReadOnlyDictionary<string, long> ByEventType { get; init; }
}
