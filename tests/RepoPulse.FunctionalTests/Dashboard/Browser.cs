using Microsoft.Playwright;
using RepoPulse.TestServers;

namespace RepoPulse.FunctionalTests.Dashboard;

/// <summary>The system's Chromium, driven from here.</summary>
public sealed class Browser : IAsyncLifetime
{
    private static readonly string[] Paths = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

    private IPlaywright? _playwright;
    private IBrowser? _browser;

    public async ValueTask InitializeAsync()
    {
        if (Paths.FirstOrDefault(File.Exists) is not { } path)
            return;
        _playwright = await Playwright.CreateAsync();

        // Playwright's own five seconds are too few where other tests keep the processors busy. This guards against a hang and no more.
        Assertions.SetDefaultExpectTimeout(60_000);

        // Without a sandbox: it is refused to root, and what is shown is our own.
        _browser = await _playwright.Chromium.LaunchAsync(
            new() { ExecutablePath = path, Args = ["--no-sandbox", "--disable-dev-shm-usage"] });
    }

    /// <summary>A page of a browser that knows nothing yet; skips the test where there is no browser.</summary>
    internal async Task<WatchedPage> OpenAsync(Uri server, ColorScheme scheme = ColorScheme.Light, int width = 1240)
    {
        if (_browser is null)
            Requirement.IsMissing($"There is no Chromium at {string.Join(", ", Paths)}: install it (Debian: apt-get install chromium).");
        var context = await _browser!.NewContextAsync(new()
        {
            BaseURL = server.ToString(),
            ColorScheme = scheme,
            ViewportSize = new() { Width = width, Height = 800 },
            ReducedMotion = ReducedMotion.Reduce
        });
        return new WatchedPage(await context.NewPageAsync(), server);
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
            await _browser.DisposeAsync();
        _playwright?.Dispose();
    }
}
