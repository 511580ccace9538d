using System.Diagnostics;

namespace RepoPulse.Benchmarks;

/// <summary>A start of the real executable's <c>serve</c>, which is ended as soon as it is ready.</summary>
internal static class ServiceStart
{
    /// <returns>Until it was ready, and the most memory that it had until then.</returns>
    public static async Task<(double Seconds, long PeakBytes)> MeasureAsync(
        string executable, string[] settings, CancellationToken cancellationToken)
    {
        var start = Stopwatch.GetTimestamp();
        await using var service = await ServiceProcess.StartAsync(
            executable, ["serve", "--Api:Urls=http://127.0.0.1:0"], cancellationToken, settings);
        await service.WaitUntilReadyAsync(TimeSpan.FromMilliseconds(5), cancellationToken);
        return (Stopwatch.GetElapsedTime(start).TotalSeconds, service.PeakBytes);
    }
}
