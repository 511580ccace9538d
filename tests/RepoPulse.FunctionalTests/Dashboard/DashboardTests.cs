using Microsoft.Playwright;
using RepoPulse.FunctionalTests.Processes;
using static Microsoft.Playwright.Assertions;

namespace RepoPulse.FunctionalTests.Dashboard;

/// <summary>What a person does with the page, in a real browser against the real executable.</summary>
public sealed class DashboardTests(Browser browser, DashboardServer server) : IClassFixture<Browser>, IClassFixture<DashboardServer>
{
    [Theory]
    [InlineData(ColorScheme.Light, 1240)]
    [InlineData(ColorScheme.Dark, 1240)]
    [InlineData(ColorScheme.Light, 360)]
    public async Task Both_pages_are_accessible_whole_and_keep_to_the_policy(ColorScheme scheme, int width)
    {
        await using var watched = await browser.OpenAsync(server.Address, scheme, width);
        var page = watched.Page;
        await page.GotoAsync("/");
        await Expect(Row(page, "octo/quick")).ToContainTextAsync("every 1 min");
        await Expect(page.Locator(".repo .activity-shape[role=img]")).ToHaveCountAsync(4);
        await watched.IsAccessibleAsync();
        await FitsAsync(page);

        await Row(page, "octo/quick").GetByRole(AriaRole.Link).ClickAsync();
        await Expect(page.Locator("canvas")).ToBeVisibleAsync();
        await Expect(page.Locator(".hero")).ToContainTextAsync("an event every 1 min");
        await Expect(page.Locator(".events li")).ToHaveCountAsync(25);
        await watched.IsAccessibleAsync();
        await FitsAsync(page);
        watched.HasNoFault();
    }

    [Fact]
    public async Task The_list_is_searched_and_sorted()
    {
        await using var watched = await browser.OpenAsync(server.Address);
        var page = watched.Page;
        await page.GotoAsync("/");
        await Expect(Names(page)).ToHaveTextAsync(["octo/quick", "octo/slow", "tools/middling", DashboardServer.Quiet]);
        await Expect(Row(page, "octo/quick")).ToContainTextAsync("every 1 min");

        await page.GetByRole(AriaRole.Button, new() { Name = "Mean interval" }).ClickAsync();
        await Expect(Names(page)).ToHaveTextAsync(["octo/quick", "tools/middling", "octo/slow", DashboardServer.Quiet]);
        await page.GetByRole(AriaRole.Button, new() { Name = "Mean interval" }).ClickAsync();
        await Expect(Names(page)).ToHaveTextAsync(["octo/slow", "tools/middling", "octo/quick", DashboardServer.Quiet]);

        await page.GetByRole(AriaRole.Searchbox).FillAsync("OCTO");
        await Expect(Names(page)).ToHaveTextAsync(["octo/slow", "octo/quick"]);
        await page.GetByRole(AriaRole.Searchbox).FillAsync("none such");
        await Expect(page.GetByText("No repository's name holds")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Searchbox).FillAsync("");

        // Of pushes alone, one in four.
        await page.GetByRole(AriaRole.Combobox).SelectOptionAsync("PushEvent");
        await Expect(Row(page, "octo/quick")).ToContainTextAsync("every 4 min");
        watched.HasNoFault();
    }

    [Fact]
    public async Task The_keyboard_alone_opens_a_repository_zooms_and_goes_back()
    {
        await using var watched = await browser.OpenAsync(server.Address);
        var page = watched.Page;
        await page.GotoAsync("/");
        await Row(page, "octo/slow").GetByRole(AriaRole.Link).FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator(".note")).ToContainTextAsync($"{DashboardServer.Events} events");

        await page.Locator(".chart").FocusAsync();
        await page.Keyboard.PressAsync("+");
        await page.Keyboard.PressAsync("+");
        await Expect(page.Locator(".note")).Not.ToContainTextAsync($"{DashboardServer.Events} events");
        await page.GetByRole(AriaRole.Button, new() { Name = "pushes" }).PressAsync("Enter");
        await Expect(page.Locator("h2").First).ToContainTextAsync("Activity of pushes");

        await page.GoBackAsync();
        await Expect(Names(page)).ToHaveCountAsync(4);
        watched.HasNoFault();
    }

    [Fact]
    public async Task A_stretch_that_is_drawn_over_fills_the_chart()
    {
        await using var watched = await browser.OpenAsync(server.Address);
        var page = watched.Page;
        await page.GotoAsync("/#/tools/middling");
        await Expect(page.Locator(".note")).ToContainTextAsync($"{DashboardServer.Events} events");
        var before = await page.Locator(".note").InnerTextAsync();
        var box = (await page.Locator(".u-over").BoundingBoxAsync())!;

        await page.Mouse.MoveAsync(box.X + (box.Width * 0.4f), box.Y + 50);
        await page.Mouse.DownAsync();
        await page.Mouse.MoveAsync(box.X + (box.Width * 0.8f), box.Y + 60, new() { Steps = 4 });
        await page.Mouse.UpAsync();

        await Expect(page.Locator(".note")).Not.ToHaveTextAsync(before);
        watched.HasNoFault();
    }

    [Fact]
    public async Task What_happens_on_GitHub_shows_on_both_pages_by_the_stream_alone()
    {
        await using var overview = await browser.OpenAsync(server.Address);
        await using var repository = await browser.OpenAsync(server.Address);
        await overview.Page.GotoAsync("/");
        await repository.Page.GotoAsync($"/#/{DashboardServer.Quiet}");
        var row = Row(overview.Page, DashboardServer.Quiet);
        await Expect(row).ToContainTextAsync("0 in the window");
        await Expect(repository.Page.Locator(".hero")).ToContainTextAsync("No event in the window");
        foreach (var page in new[] { overview.Page, repository.Page })
        {
            await Expect(page.Locator(".live")).ToHaveTextAsync("Live");

            // The stream is open; nothing that is asked for from now on is served.
            await page.RouteAsync("**/api/v1/**", route => route.AbortAsync());
        }

        server.Star();

        await Expect(repository.Page.Locator(".events li")).ToContainTextAsync("starred it");
        await Expect(repository.Page.Locator(".hero")).ToContainTextAsync("One event in the window");
        await Expect(row).ToContainTextAsync("1 in the window");
        await Expect(row.Locator(".last")).Not.ToHaveTextAsync("never");
        overview.HasNoFault();
        repository.HasNoFault();
    }

    [Fact]
    public async Task What_the_stream_sends_shows_at_once_and_a_stream_that_ends_is_resumed()
    {
        await using var watched = await browser.OpenAsync(server.Address);
        var page = watched.Page;
        var resumedAfter = new TaskCompletionSource<string?>(TaskCreationOptions.RunContinuationsAsynchronously);
        var asked = 0;
        await page.RouteAsync("**/api/v1/stream*", async route =>
        {
            if (Interlocked.Increment(ref asked) > 1)
                resumedAfter.TrySetResult(await route.Request.HeaderValueAsync("last-event-id"));
            await route.FulfillAsync(new()
            {
                ContentType = "text/event-stream",
                Body = ": hello\n\nid: at-7\nevent: event\ndata: " +
                    "{\"id\":\"99\",\"type\":\"ForkEvent\",\"actor\":{\"login\":\"zoe\"},\ndata: " +
                    "\"repo\":{\"name\":\"octo/quick\"},\"created_at\":\"2100-01-01T00:00:00Z\"}\n\n",
            });
        });

        await page.GotoAsync("/#/octo/quick");

        await Expect(page.Locator(".events li").First).ToContainTextAsync("zoe forked it");
        Assert.Equal("at-7", await resumedAfter.Task);
        watched.HasNoFault();
    }

    [Fact]
    public async Task Without_a_stream_it_does_not_pass_for_live()
    {
        await using var watched = await browser.OpenAsync(server.Address);
        await watched.Page.RouteAsync("**/api/v1/stream*", route => route.FulfillAsync(new() { Status = 404 }));

        await watched.Page.GotoAsync("/");

        await Expect(watched.Page.GetByText("Not live")).ToBeVisibleAsync();
        await Expect(Names(watched.Page)).ToHaveCountAsync(4);
    }

    [Theory]
    [InlineData(503, "The events held are still being read.")]
    [InlineData(429, "60 requests a minute are allowed.")]
    public async Task An_answer_that_fails_is_shown_in_the_servers_words_and_asked_for_again(int status, string detail)
    {
        await using var watched = await browser.OpenAsync(server.Address);
        var refused = false;
        await watched.Page.RouteAsync("**/api/v1/repositories?*", route =>
        {
            if (Interlocked.Exchange(ref refused, true))
                return route.ContinueAsync();
            return route.FulfillAsync(new()
            {
                Status = status,
                ContentType = "application/problem+json",
                Body = $$"""{"status":{{status}},"detail":"{{detail}}"}"""
            });
        });

        await watched.Page.GotoAsync("/");

        await Expect(watched.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync(detail);
        await Expect(Names(watched.Page)).ToHaveCountAsync(4);
    }

    [Fact]
    public async Task Statistics_of_a_lost_store_say_their_age()
    {
        await using var watched = await browser.OpenAsync(server.Address);
        await watched.Page.RouteAsync("**/api/v1/repositories?*", async route =>
        {
            var answer = await route.FetchAsync();
            await route.FulfillAsync(
                new() { Response = answer, Headers = new Dictionary<string, string>(answer.Headers) { ["age"] = "95" } });
        });
        await watched.Page.RouteAsync("**/api/v1/statistics?*", async route =>
        {
            var answer = await route.FetchAsync();
            await route.FulfillAsync(
                new() { Response = answer, Headers = new Dictionary<string, string>(answer.Headers) { ["age"] = "95" } });
        });

        await watched.Page.GotoAsync("/");

        await Expect(watched.Page.GetByText("Statistics of 1 min 35 s ago")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task The_theme_that_was_chosen_stays()
    {
        await using var watched = await browser.OpenAsync(server.Address);
        var page = watched.Page;
        await page.GotoAsync("/");
        var light = await GroundAsync(page);

        await page.GetByRole(AriaRole.Button, new() { Name = "Switch to dark" }).ClickAsync();
        Assert.NotEqual(light, await GroundAsync(page));
        await page.ReloadAsync();

        Assert.NotEqual(light, await GroundAsync(page));
        watched.HasNoFault();
    }

    [Fact]
    public async Task The_reference_comes_from_this_server_alone()
    {
        await using var watched = await browser.OpenAsync(server.Address);

        await watched.Page.GotoAsync("/docs");

        await Expect(watched.Page.GetByText("How often does each kind of event happen").First).ToBeVisibleAsync(new() { Timeout = 60_000 });
        watched.HasNoFault();
    }

    [Fact]
    public async Task A_key_is_asked_for_and_opens_a_server_that_watches_nothing_yet()
    {
        using var folder = new TemporaryFolder();
        await using var process = RepoPulseProcess.StartIn(
            folder.Path, "serve", folder.Database, "--Api:Keys=open-sesame", "--Api:Urls=http://127.0.0.1:0");
        await using var watched = await browser.OpenAsync(await process.ListeningAsync());
        var page = watched.Page;
        await page.GotoAsync("/");

        await page.GetByLabel("Key").FillAsync("wrong");
        await page.GetByRole(AriaRole.Button, new() { Name = "Open" }).ClickAsync();
        await Expect(page.GetByText("The key is not one of this server's.")).ToBeVisibleAsync();
        await page.GetByLabel("Key").FillAsync("open-sesame");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.GetByText("No repositories yet")).ToBeVisibleAsync();

        await page.ReloadAsync();
        await Expect(page.GetByText("No repositories yet")).ToBeVisibleAsync();
        watched.HasNoFault();
    }

    private static ILocator Names(IPage page) => page.Locator(".repo .name-text");

    private static ILocator Row(IPage page, string name) => page.Locator(".repo", new() { HasText = name });

    private static Task<string> GroundAsync(IPage page) => page.EvaluateAsync<string>("getComputedStyle(document.body).backgroundColor");

    private static async Task FitsAsync(IPage page) =>
        Assert.True(await page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= innerWidth"));
}
