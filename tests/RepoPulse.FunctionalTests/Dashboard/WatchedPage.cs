using System.Collections.Concurrent;
using Microsoft.Playwright;

namespace RepoPulse.FunctionalTests.Dashboard;

/// <summary>A page of which everything is noted that it should not do.</summary>
internal sealed class WatchedPage : IAsyncDisposable
{
    /// <summary>Says whether every style and script kept to the policy, and what else went wrong.</summary>
    private readonly ConcurrentQueue<string> _faults = new();

    public WatchedPage(IPage page, Uri server)
    {
        Page = page;

        // A status that the page expects and shows is reported as an error too; the page's own errors are another matter.
        page.Console += (_, message) =>
        {
            if (message.Type == "error" && !message.Text.StartsWith("Failed to load resource", StringComparison.Ordinal))
                _faults.Enqueue(message.Text);
        };
        page.PageError += (_, error) => _faults.Enqueue(error);
        page.Request += (_, request) =>
        {
            if (!request.Url.StartsWith(server.ToString(), StringComparison.Ordinal)
                && !request.Url.StartsWith("data:", StringComparison.Ordinal))
                _faults.Enqueue($"asked another host: {request.Url}");
        };
    }

    public IPage Page { get; }

    public void HasNoFault() => Assert.Empty(_faults);

    /// <summary>What axe finds fault with, by the rules of WCAG 2.2 A and AA.</summary>
    public async Task IsAccessibleAsync()
    {
        await Page.EvaluateAsync(
            await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "axe.min.js"), TestContext.Current.CancellationToken));
        var violations = await Page.EvaluateAsync<string[]>(
            "async () => (await axe.run({ runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'] })).violations.flatMap(v => " +
            "v.nodes.map(n => `${v.id}: ${n.html} ${n.failureSummary}`))");
        Assert.Empty(violations);
    }

    public async ValueTask DisposeAsync()
    {
        // A response that is being written meanwhile has no client any more.
        await Page.UnrouteAllAsync(new() { Behavior = UnrouteBehavior.IgnoreErrors });
        await Page.Context.DisposeAsync();
    }
}
