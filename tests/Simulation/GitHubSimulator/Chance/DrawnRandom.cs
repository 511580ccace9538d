namespace GitHubSimulator.Chance;

/// <summary>The same draws for what asks for a <see cref="Random"/>, which costs more to seed than to ask.</summary>
internal sealed class DrawnRandom(Draws draws) : Random(0)
{
    private Draws _draws = draws;

    public override int Next(int maxValue) => _draws.Next(maxValue);

    public override int Next(int minValue, int maxValue) => minValue + _draws.Next(maxValue - minValue);

    public override long NextInt64(long minValue, long maxValue) => minValue + (long)(_draws.NextDouble() * (maxValue - minValue));

    public override double NextDouble() => _draws.NextDouble();

    protected override double Sample() => _draws.NextDouble();
}
