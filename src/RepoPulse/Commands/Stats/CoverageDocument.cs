namespace RepoPulse.Commands.Stats;

internal sealed record CoverageDocument
{
    public int Gaps { get; init; }

    public double MissingSeconds { get; init; }
}
