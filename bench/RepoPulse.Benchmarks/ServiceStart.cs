using System.Diagnostics;
using System.Globalization;
using System.Net;

namespace RepoPulse.Benchmarks;

/// <summary>A start of the real executable's <c>serve</c>, which is ended as soon as it is ready.</summary>
internal static class ServiceStart
{
    private const string Url = "http://127.0.0.1:18099";

    /// <returns>Until it was ready, and the most memory that it had until then.</returns>
    public static async Task<(double Seconds, long PeakBytes)> MeasureAsync(string executable, string[] settings, CancellationToken cancellationToken)
    {
        var start = Stopwatch.GetTimestamp();
        using var process = Process.Start(new ProcessStartInfo("dotnet", [executable, "serve", $"--Api:Urls={Url}", .. settings]) { RedirectStandardError = true, UseShellExecute = false })!;
        var errors = process.StandardError.ReadToEndAsync(cancellationToken);
        using var http = new HttpClient();
        while (!await IsReadyAsync(http, cancellationToken))
        {
            if (process.HasExited)
                throw new InvalidOperationException(await errors);
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, cancellationToken);
        }

        var seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        var peak = ReadPeak(process.Id);
        process.Kill();
        await process.WaitForExitAsync(cancellationToken);
        return (seconds, peak);
    }

    /// <summary>What the kernel noted (VmHWM): .NET's own peak is that of the moments at which somebody asked.</summary>
    private static long ReadPeak(int process)
    {
        const string Peak = "VmHWM:";
        var line = File.ReadLines(string.Create(CultureInfo.InvariantCulture, $"/proc/{process}/status")).Single(line => line.StartsWith(Peak, StringComparison.Ordinal));
        return long.Parse(line.AsSpan(Peak.Length).Trim().TrimEnd("kB").TrimEnd(), CultureInfo.InvariantCulture) << 10;
    }

    private static async Task<bool> IsReadyAsync(HttpClient http, CancellationToken cancellationToken)
    {
        try
        {
            using var answer = await http.GetAsync(new Uri($"{Url}/health/ready"), cancellationToken);
            return answer.StatusCode == HttpStatusCode.OK;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}
