using System.Globalization;
using Microsoft.Playwright;
using RepoPulse.Benchmarks.Streaming;

namespace RepoPulse.Benchmarks.Dashboard;

/// <summary>
/// The overview of 5,000 repositories and 75,000 series in Chromium, from the real <c>serve</c>: when it can be used, how long frames take
/// while it is scrolled from end to end, and what the server takes of a core while 200 events a second come in and the page follows them.
/// </summary>
internal static class OverviewBenchmark
{
    private const int Repositories = 5000;

    /// <summary>The rows in view are drawn with their statistics; in milliseconds after the navigation began.</summary>
    private const string Usable =
        "() => document.querySelectorAll('.repo').length > 5 && /^[1-9]/.test(document.querySelector('.repo .under')?.textContent ?? " +
        "'') ? performance.now() : 0";

    /// <summary>The head counts all repositories; likewise.</summary>
    private const string Whole =
        "() => /^5,000 repositories/.test(document.querySelector('.overview .quiet')?.textContent ?? '') ? performance.now() : 0";

    /// <summary>From end to end, a screen and a quarter in each frame; what lies between two frames, in milliseconds.</summary>
    private const string Scroll = """
        () => new Promise((done) => {
          const frames = [];
          const height = document.documentElement.scrollHeight;
          let last = performance.now(), y = 0;
          const step = (now) => {
            frames.push(now - last);
            last = now;
            y += 1000;
            scrollTo(0, y);
            if (y < height) requestAnimationFrame(step);
            else { scrollTo(0, 0); done(frames.slice(1)); }
          };
          requestAnimationFrame(step);
        })
        """;

    public static async Task RunAsync(string executable, int rounds, int seconds, TextWriter output, CancellationToken cancellationToken)
    {
        await using var server = await StreamedServer.StartAsync(executable, Repositories, cancellationToken);
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await playwright.Chromium.LaunchAsync(
            new() { ExecutablePath = "/usr/bin/chromium", Args = ["--no-sandbox", "--disable-dev-shm-usage"] });
        for (var round = 0; round <= rounds; round++)
            await LookAsync(browser, server.Process, round, output);
        await FollowAsync(browser, server.Process, server.Log, server.Events, seconds, output, cancellationToken);
    }

    /// <summary>By a browser that knows nothing yet.</summary>
    private static async Task LookAsync(IBrowser browser, ServiceProcess serve, int round, TextWriter output)
    {
        await using var context = await browser.NewContextAsync(new() { ViewportSize = new() { Width = 1240, Height = 800 } });
        var page = await context.NewPageAsync();
        await page.GotoAsync(serve.Address.ToString(), new() { WaitUntil = WaitUntilState.Commit });
        var usable = await (await page.WaitForFunctionAsync(Usable)).EvaluateAsync<double>("time => time");
        var whole = await (await page.WaitForFunctionAsync(Whole)).EvaluateAsync<double>("time => time");
        var paint = await page.EvaluateAsync<double>("() => performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? NaN");
        await page.WaitForLoadStateAsync(LoadState.Load);
        var frames = await page.EvaluateAsync<double[]>(Scroll);
        Array.Sort(frames);
        await output.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture,
            $"{(round == 0 ? "warm-up" : $"round {round}")}: first paint {paint:F0} ms, usable {usable:F0} ms, all {Repositories:N0} " +
            $"read {whole:F0} ms; scrolled through in {frames.Length} frames of {At(frames, 0.5):F1} ms, p95 {At(frames, 0.95):F1} ms, " +
            $"max {frames[^1]:F0} ms"));
    }

    private static async Task FollowAsync(
        IBrowser browser,
        ServiceProcess serve,
        IEventLogWriter log,
        StreamEvents events,
        int seconds,
        TextWriter output,
        CancellationToken cancellationToken)
    {
        await using var context = await browser.NewContextAsync(new() { ViewportSize = new() { Width = 1240, Height = 800 } });
        var page = await context.NewPageAsync();
        await page.GotoAsync(serve.Address.ToString());
        await page.WaitForFunctionAsync(Whole);
        await Task.Delay(TimeSpan.FromSeconds(2), TimeProvider.System, cancellationToken);
        var processor = serve.ProcessorTime;
        var began = TimeProvider.System.GetTimestamp();
        await foreach (var batch in events.PacedAsync(seconds, cancellationToken))
            await log.AppendAsync(batch, EventSource.Poll, cancellationToken);
        var share = (serve.ProcessorTime - processor) / TimeProvider.System.GetElapsedTime(began);
        var frames = await page.EvaluateAsync<double[]>(Scroll);
        Array.Sort(frames);
        await output.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture,
            $"following {StreamEvents.PerSecond} events/s for {seconds} s: the server takes {share:P1} of a core, " +
            $"{serve.ResidentBytes >> 20} MiB; scrolled after that, frames of {At(frames, 0.5):F1} ms, p95 {At(frames, 0.95):F1} ms"));
    }

    private static double At(double[] sorted, double share) => sorted[Math.Min(sorted.Length - 1, (int)(sorted.Length * share))];
}
