using System.Globalization;
using GitHubSimulator.Chance;

namespace GitHubSimulator.Generation;

/// <summary>Many repositories, of which a few are busy and most hardly ever: rates drawn from a log-normal distribution.</summary>
public static class RateSpread
{
    private const int RepositoriesPerOwner = 20;
    private const int Halvings = 60;

    /// <summary>So many repositories, together about as busy as asked.</summary>
    /// <param name="totalPerHour">Events an hour of all of them.</param>
    /// <param name="mostPerHour">Of the busiest.</param>
    /// <param name="sigma">Of the logarithm: 0 for all alike; at 2.5 a tenth of them has nine tenths of the events.</param>
    /// <exception cref="ArgumentOutOfRangeException">So many events are more than the busiest repositories could have.</exception>
    public static IReadOnlyList<RepositoryActivity> Draw(
        int seed, int repositories, double totalPerHour, double mostPerHour, double sigma = 2.5)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(totalPerHour, repositories * mostPerHour);
        var weights = Enumerable.Range(0, repositories)
            .Select(i => Math.Exp(sigma * NextNormal(Draws.Of(seed, DrawKind.Rate, i))))
            .ToArray();
        var scale = FindScale(weights, totalPerHour, mostPerHour);
        return [.. weights.Select((weight, i) => new RepositoryActivity(NameOf(i), Math.Min(mostPerHour, weight * scale)))];
    }

    /// <summary>The cap takes from the busiest, so the rest is raised until the total is right.</summary>
    private static double FindScale(double[] weights, double total, double most)
    {
        var (low, high) = (0.0, total / weights.Sum());
        while (TotalAt(high) < total && high < double.MaxValue / 2)
            high *= 2;
        for (var i = 0; i < Halvings; i++)
        {
            var middle = (low + high) / 2;
            (low, high) = TotalAt(middle) < total ? (middle, high) : (low, middle);
        }

        return high;

        double TotalAt(double scale) => weights.Sum(weight => Math.Min(most, weight * scale));
    }

    /// <summary>By Box and Muller.</summary>
    private static double NextNormal(Draws draws) => Math.Sqrt(2 * draws.NextExponential()) * Math.Cos(Math.Tau * draws.NextDouble());

    private static string NameOf(int index) => string.Create(
        CultureInfo.InvariantCulture, $"owner-{index / RepositoriesPerOwner}/repository-{index}");
}
