namespace GitHubSimulator.Accounts;

/// <summary>What the rate limit headers say.</summary>
/// <param name="Reset">When <paramref name="Used"/> falls to 0 again.</param>
public readonly record struct QuotaReading(int Limit, int Used, DateTimeOffset Reset)
{
    public int Remaining => Math.Max(0, Limit - Used);

    /// <summary>Rounded up: at this second the limit has been reset.</summary>
    public long ResetEpochSeconds => (Reset.ToUnixTimeMilliseconds() + 999) / 1000;
}
