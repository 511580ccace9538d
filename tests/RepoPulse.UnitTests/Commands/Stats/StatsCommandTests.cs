using System.Net;
using Microsoft.Extensions.Time.Testing;
using RepoPulse.Commands;
using Spectre.Console;

namespace RepoPulse.UnitTests.Commands.Stats;

public sealed class StatsCommandTests : IDisposable
{
    private const string Watched = """ "coverage":{"from":"2020-01-01T00:00:00Z","gaps":0,"missingSeconds":0},""";

    private readonly CommandLineFixture _fixture = new();

    private string Out => _fixture.Out.ToString();

    private string Error => _fixture.Error.ToString();

    [Fact]
    public async Task A_table_shows_the_total_and_each_type()
    {
        _fixture.Handlers.Database["octo/demo"] = Document("octo/demo");

        Assert.Equal(0, await _fixture.InvokeAsync("stats"));

        Assert.Equal(
        [
            "Repository Type Events Limited by Mean Median P95 Last event",
            "octo/demo * 3 duration 3m 36s 1m 1s 15m 1s 2030-01-02 03:04:05Z",
            "octo/demo PushEvent 1 history - - - 2030-01-02 03:04:05Z",
        ],
            Out.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
                .Select(line => string.Join(' ', line.Split(' ', StringSplitOptions.RemoveEmptyEntries)))
                .ToArray());
        Assert.Empty(Error);
    }

    [Fact]
    public async Task Watched_it_is_shown_again_until_Ctrl_C_which_is_its_ordinary_end()
    {
        _fixture.Handlers.Database["octo/demo"] = Document("octo/demo");
        var time = new FakeTimeProvider();

        var watching = CommandLine.InvokeAsync(["stats", "--watch"], _fixture.Context with { Time = time }, _fixture.Handlers);
        while (_fixture.Handlers.Opened < 4)
        {
            time.Advance(TimeSpan.FromSeconds(2));
            await Task.Yield();
        }

        _fixture.Termination.Request(130);
        Assert.Equal(0, await watching);
        Assert.InRange(Out.Split("Last event").Length - 1, 3, 4);
    }

    [Fact]
    public async Task What_cannot_be_shown_once_is_not_watched()
    {
        Assert.Equal(1, await _fixture.InvokeAsync("stats", "octo/nobody", "--watch"));

        Assert.Contains("octo/nobody is unknown to the database.", Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_terminal_shows_what_happened_in_the_last_week_and_in_colours()
    {
        _fixture.Handlers.Database["octo/demo"] = Document("octo/demo", more: Watched);
        _fixture.Handlers.Activity = [0, 1, 2, 3, 4, 5, 6, 7, 0, 0, 0, 0, 0, 7];

        Assert.Equal(0, await InvokeOnTerminalAsync(ColorSystemSupport.Standard, width: 106));

        Assert.Equal(2, Out.Split("▁▂▃▄▅▆▇█▁▁▁▁▁█").Length - 1);
        Assert.Contains("\e[32m▁▂", Out, StringComparison.Ordinal);
        Assert.Contains("Last 7 days", Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_gap_makes_a_name_yellow_and_is_shown()
    {
        _fixture.Handlers.Database["octo/demo"] = Document("octo/demo", more: """ "coverage":{"gaps":1,"missingSeconds":60},""");

        Assert.Equal(0, await InvokeOnTerminalAsync(ColorSystemSupport.Standard));

        Assert.Contains("33mocto/demo", Out, StringComparison.Ordinal);
        Assert.Contains("octo/demo has a gap in its window", Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_colours_nothing_but_the_line_is_drawn()
    {
        _fixture.Handlers.Database["octo/demo"] = Document("octo/demo");
        _fixture.Handlers.Activity = [7, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];

        Assert.Equal(0, await InvokeOnTerminalAsync(ColorSystemSupport.NoColors));

        Assert.Contains("█▁▁▁▁▁▁▁▁▁▁▁▁▁", Out, StringComparison.Ordinal);
        Assert.DoesNotContain('\e', Out);
    }

    [Theory]
    [InlineData(105, true)]
    [InlineData(140, false)]
    public async Task Where_it_does_not_fit_or_no_history_is_kept_the_figures_stand_alone(int width, bool keepsHistory)
    {
        _fixture.Handlers.Database["octo/demo"] = Document("octo/demo");
        _fixture.Handlers.Activity = keepsHistory ? new long[14] : null;

        Assert.Equal(0, await InvokeOnTerminalAsync(ColorSystemSupport.NoColors, width));

        Assert.DoesNotContain("Last 7 days", Out, StringComparison.Ordinal);
        Assert.Contains("3m 36s", Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task In_a_pipe_the_activity_is_neither_asked_for_nor_shown()
    {
        _fixture.Handlers.Database["octo/demo"] = Document("octo/demo");
        _fixture.Handlers.Activity = new long[14];

        await _fixture.InvokeAsync("stats");

        Assert.Equal(0, _fixture.Handlers.ActivityAsked);
    }

    [Fact]
    public async Task Watched_the_activity_is_asked_for_once_a_minute()
    {
        _fixture.Handlers.Database["octo/demo"] = Document("octo/demo");
        _fixture.Handlers.Activity = new long[14];
        var time = new FakeTimeProvider();
        var began = time.GetUtcNow();

        var watching = InvokeOnTerminalAsync(ColorSystemSupport.NoColors, arguments: ["stats", "--watch"], time: time);
        while (_fixture.Handlers.Opened < 32)
        {
            time.Advance(TimeSpan.FromSeconds(2));
            await Task.Yield();
        }

        _fixture.Termination.Request(130);
        Assert.Equal(0, await watching);
        Assert.InRange(_fixture.Handlers.ActivityAsked, 2, 1 + (int)(time.GetUtcNow() - began).TotalMinutes);
    }

    [Theory]
    [InlineData(
        HttpStatusCode.OK,
        """{"bucketSeconds":43200,"items":[{"from":"2029-12-31T00:00:00Z","events":4,"byEventType":{"PushEvent":4}},{"from":"2029-12-31T12:00:00Z","events":8,"byEventType":{"WatchEvent":8}}]}""",
        "▁▁▅█▁▁▁▁▁▁▁▁▁▁",
        "")]
    [InlineData(HttpStatusCode.NotImplemented, """{"title":"No history"}""", null, "")]
    [InlineData(
        HttpStatusCode.TooManyRequests,
        """{"title":"Too many requests."}""",
        null,
        "repopulse: the activity cannot be shown: http://host/ answered 429: Too many requests.")]
    public async Task A_server_is_asked_for_the_activity(HttpStatusCode status, string answer, string? line, string fault)
    {
        using var server = new StubServer(url => url.AbsolutePath.EndsWith("/activity", StringComparison.Ordinal)
            ? (status, answer)
            : (HttpStatusCode.OK, $$"""{"items":[{{Document("octo/demo", more: Watched)}},{{Document("octo/other")}}],"next":null}"""));
        _fixture.HttpHandler = () => server;

        Assert.Equal(0, await InvokeOnTerminalAsync(
            ColorSystemSupport.NoColors,
            arguments: ["stats", "--server=http://host"],
            time: new FakeTimeProvider(new DateTimeOffset(2030, 1, 5, 13, 0, 0, TimeSpan.Zero))));

        Assert.Equal("http://host/api/v1/repositories/octo/demo/activity?bucket=PT12H&since=2029-12-30T00:00:00Z", server.Requests[1].Url);
        Assert.Equal(line is null ? 2 : 3, server.Requests.Count);
        Assert.Equal(line is not null, Out.Contains(line ?? "Last 7 days", StringComparison.Ordinal));
        Assert.Equal(fault, Error.TrimEnd());
    }

    [Fact]
    public async Task A_long_name_is_neither_folded_nor_cut_in_a_pipe()
    {
        var name = new string('o', 39) + "/" + new string('n', 150);
        _fixture.Handlers.Database[name] = Document(name);

        await _fixture.InvokeAsync("stats");

        Assert.Contains(name + " ", Out, StringComparison.Ordinal);
        Assert.Contains("2030-01-02 03:04:05Z", Out, StringComparison.Ordinal);
        Assert.DoesNotContain("\u001b", Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Json_is_the_form_of_the_api_with_each_document_as_it_came()
    {
        _fixture.Handlers.Database["octo/a"] = Document(
            "octo/a", more: """ "window" : {"durationSeconds":604800,   "new\u0020field": 1e0}, """);
        _fixture.Handlers.Database["octo/b"] = Document("octo/b");

        Assert.Equal(0, await _fixture.InvokeAsync("stats", "--json"));

        Assert.Equal(
            $$"""{"items":[{{_fixture.Handlers.Database["octo/a"]}},{{_fixture.Handlers.Database["octo/b"]}}],"next":null}""",
            Out.TrimEnd());
    }

    [Fact]
    public async Task Over_Kafka_a_server_must_be_named()
    {
        string[] kafka = ["--EventLog:Provider=Kafka", "--Kafka:BootstrapServers=k:9092"];

        Assert.Equal(2, await _fixture.InvokeAsync(["stats", .. kafka]));

        Assert.Contains("--server", Error, StringComparison.Ordinal);
        Assert.Null(_fixture.Handlers.Settings);
    }

    [Fact]
    public async Task Json_of_nothing_is_an_empty_list()
    {
        Assert.Equal(0, await _fixture.InvokeAsync("stats", "--json"));

        Assert.Equal("""{"items":[],"next":null}""", Out.TrimEnd());
    }

    [Fact]
    public async Task A_repository_that_is_named_but_unknown_ends_with_1()
    {
        _fixture.Handlers.Database["octo/demo"] = Document("octo/demo");

        Assert.Equal(1, await _fixture.InvokeAsync("stats", "octo/other", "Octo/Demo"));

        Assert.Contains("octo/demo", Out, StringComparison.Ordinal);
        Assert.Equal("repopulse: octo/other is unknown to the database.", Error.TrimEnd());
    }

    [Fact]
    public async Task A_former_name_shows_the_repository_once_under_its_present_one()
    {
        _fixture.Handlers.Database["octo/former"] = Document("octo/present");
        _fixture.Handlers.Database["octo/present"] = Document("octo/present");
        _fixture.Handlers.Database["octo/a"] = Document("octo/a");

        Assert.Equal(0, await _fixture.InvokeAsync("stats", "octo/former", "octo/present", "octo/a", "--json"));

        Assert.Equal($$"""{"items":[{{Document("octo/a")}},{{Document("octo/present")}}],"next":null}""", Out.TrimEnd());
    }

    [Fact]
    public async Task A_gap_is_not_hidden()
    {
        _fixture.Handlers.Database["octo/demo"] = Document(
            "octo/demo", more: """ "coverage": {"from": null, "complete": false, "gaps": 2, "missingSeconds": 5400}, """);

        Assert.Equal(0, await _fixture.InvokeAsync("stats"));

        Assert.Equal("Note: octo/demo has 2 gaps in its window, 1h 30m in all, from which events may be missing.", Error.TrimEnd());
    }

    [Fact]
    public async Task A_server_is_asked_page_by_page_with_the_first_key()
    {
        using var server = new StubServer(url => (HttpStatusCode.OK, url.Query.Contains("cursor=a%2Fb", StringComparison.Ordinal)
            ? $$"""{"items":[{{Document("octo/b")}}],"next":null}"""
            : $$"""{"items":[{{Document("octo/a")}}],"next":"a/b"}"""));
        _fixture.HttpHandler = () => server;

        Assert.Equal(0, await _fixture.InvokeAsync("stats", "--server", "http://host:81/base", "--json", "--Api:Keys=first,second"));

        Assert.Equal($$"""{"items":[{{Document("octo/a")}},{{Document("octo/b")}}],"next":null}""", Out.TrimEnd());
        Assert.Equal(
        [
            ("http://host:81/base/api/v1/statistics?limit=1000", "Bearer first"),
            ("http://host:81/base/api/v1/statistics?limit=1000&cursor=a%2Fb", "Bearer first"),
        ],
            server.Requests);
    }

    [Fact]
    public async Task A_server_is_asked_for_each_named_repository()
    {
        using var server = new StubServer(url => (HttpStatusCode.OK, url.Query.Contains("demo", StringComparison.Ordinal)
            ? $$"""{"items":[{{Document("octo/demo")}}],"next":null}"""
            : """{"items":[],"next":null}"""));
        _fixture.HttpHandler = () => server;

        Assert.Equal(1, await _fixture.InvokeAsync("stats", "octo/demo", "octo/other", "--server=http://host"));

        Assert.Equal(
        [
            "http://host/api/v1/statistics?limit=1000&repository=octo%2Fdemo",
            "http://host/api/v1/statistics?limit=1000&repository=octo%2Fother"
        ], server.Requests.Select(request => request.Url).ToArray());
        Assert.All(server.Requests, request => Assert.Null(request.Authorization));
        Assert.Equal("repopulse: octo/other is unknown at http://host/.", Error.TrimEnd());
    }

    [Theory]
    [InlineData(HttpStatusCode.Unauthorized, "{}", "asks for a key")]
    [InlineData(
        HttpStatusCode.BadRequest,
        """{"title":"Wrong","detail":"The cursor is of another list."}""",
        "answered 400: The cursor is of another list.")]
    [InlineData(HttpStatusCode.BadGateway, "<html>", "answered 502.")]
    [InlineData(HttpStatusCode.OK, "<html>", "did not answer as RepoPulse does")]
    [InlineData(HttpStatusCode.OK, """{"items":[{}],"next":null}""", "is not a statistics document")]
    [InlineData(HttpStatusCode.OK, """{"items":[],"next":"x"}""", "the same page again and again")]
    public async Task A_server_that_does_not_answer_rightly_ends_with_1(HttpStatusCode status, string body, string message)
    {
        _fixture.HttpHandler = () => new StubServer(_ => (status, body));

        Assert.Equal(1, await _fixture.InvokeAsync("stats", "--server", "http://host"));

        Assert.Contains(message, Error, StringComparison.Ordinal);
        Assert.Single(Error.TrimEnd().Split('\n'));
        Assert.Empty(Out);
    }

    [Fact]
    public async Task A_server_that_cannot_be_reached_ends_with_1()
    {
        _fixture.HttpHandler = () => new StubServer(_ => throw new HttpRequestException("refused"));

        Assert.Equal(1, await _fixture.InvokeAsync("stats", "--server", "http://host"));

        Assert.Equal("repopulse: http://host/ cannot be reached: refused", Error.TrimEnd());
    }

    public void Dispose() => _fixture.Dispose();

    private Task<int> InvokeOnTerminalAsync(
        ColorSystemSupport colours, int width = 140, string[]? arguments = null, TimeProvider? time = null)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = colours == ColorSystemSupport.NoColors ? AnsiSupport.No : AnsiSupport.Yes, ColorSystem = colours,
            Interactive = InteractionSupport.Yes, Out = new AnsiConsoleOutput(_fixture.Out),
        });
        console.Profile.Width = width;
        return CommandLine.InvokeAsync(
            arguments ?? ["stats"], _fixture.Context with { Console = console, Time = time ?? TimeProvider.System }, _fixture.Handlers);
    }

    private static string Document(string repository, string more = "") => $$"""
        {"repository":"{{repository}}","repositoryId":5,{{more}}"total":{"eventType":"*","events":3,"limitedBy":"duration","lastEventAt":"2030-01-02T03:04:05Z","meanIntervalSeconds":216.22,"medianIntervalSeconds":61,"p95IntervalSeconds":900.6},"byEventType":[{"eventType":"PushEvent","events":1,"limitedBy":"history","lastEventAt":"2030-01-02T03:04:05Z","meanIntervalSeconds":null,"medianIntervalSeconds":null,"p95IntervalSeconds":null}]}
        """;
}
