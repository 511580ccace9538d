namespace RepoPulse.Commands.Stats;

internal sealed record CoverageDocument
{
    public DateTimeOffset? From { get; init; }

    public int Gaps { get; init; }

    public double MissingSeconds { get; init; }
}
