using System.Globalization;

namespace GitHubSimulator.Http;

/// <summary>Makes ids such as <c>F8EC:3E5C:DAD77:104AD3:5DAE2A58</c>: the last part is the time.</summary>
internal sealed class RequestIds(int seed)
{
    private readonly Lock _lock = new();
    private readonly Random _random = new(seed);

    public string Next(DateTimeOffset now)
    {
        lock (_lock)
            return string.Create(
                CultureInfo.InvariantCulture,
                $"{Part(0x10000)}:{Part(0x100000)}:{Part(0x10000000)}:{Part(0x10000000)}:{now.ToUnixTimeSeconds():X}");
    }

    private string Part(int limit) => _random.Next(limit / 16, limit).ToString("X", CultureInfo.InvariantCulture);
}
