using System.Net;
using System.Text.Json;
using CsCheck;
using RepoPulse.Api;
using RepoPulse.Statistics;
using RepoPulse.UnitTests.Api.Support;

namespace RepoPulse.UnitTests.Api.Endpoints;

public sealed class ListTests
{
    public static TheoryData<string> Lists => ["/api/v1/repositories", "/api/v1/statistics"];

    [Theory]
    [MemberData(nameof(Lists))]
    public async Task Lists_are_by_name_without_regard_to_case(string list)
    {
        await using var server = await ApiServer.StartAsync();
        await server.Catalog.PutAsync(Some.Repository(1, "octo/Beta"), Some.Repository(2, "Octo/alpha"), Some.Repository(3, "acme/zeta"));
        await server.Catalog.PutAsync(Some.Repository(4, "octo/aleph"), Some.Repository(0, "octo/gamma"));

        Assert.Equal(["acme/zeta", "octo/aleph", "Octo/alpha", "octo/Beta", "octo/gamma"], Names(await server.WalkAsync(list, 1000)));
        Assert.Equal(["acme/zeta", "octo/aleph", "Octo/alpha", "octo/Beta", "octo/gamma"], Names(await server.WalkAsync(list, 2)));
        Assert.Equal(["acme/zeta", "octo/aleph", "Octo/alpha", "octo/Beta", "octo/gamma"], Names(await server.WalkAsync(list, 1)));
    }

    [Theory]
    [MemberData(nameof(Lists))]
    public async Task A_full_last_page_has_no_next(string list)
    {
        await using var server = await ApiServer.StartAsync();
        await server.Catalog.PutAsync(Some.Repository(1, "octo/a"), Some.Repository(2, "octo/b"));

        Assert.Equal(JsonValueKind.Null, (await server.GetJsonAsync(list + "?limit=2")).GetProperty("next").ValueKind);
        Assert.Equal(JsonValueKind.String, (await server.GetJsonAsync(list + "?limit=1")).GetProperty("next").ValueKind);
    }

    [Theory]
    [MemberData(nameof(Lists))]
    public async Task A_page_is_of_a_hundred_where_nothing_is_said(string list)
    {
        await using var server = await ApiServer.StartAsync();
        await server.Catalog.PutAsync([.. Enumerable.Range(1, 101).Select(i => Some.Repository(i, $"octo/r{i}"))]);

        Assert.Equal(100, (await server.GetJsonAsync(list)).GetProperty("items").GetArrayLength());
    }

    [Theory]
    [MemberData(nameof(Lists))]
    public async Task Names_and_ids_select(string list)
    {
        await using var server = await ApiServer.StartAsync();
        await server.Catalog.PutAsync(Some.Repository(1, "octo/a", "octo/old"), Some.Repository(2, "octo/b"), Some.Repository(3, "octo/c"));

        Assert.Equal(["octo/a"], Names(await server.WalkAsync(list + "?repository=OCTO/A", 10)));
        Assert.Equal(["octo/a"], Names(await server.WalkAsync(list + "?repository=octo/old", 10)));
        Assert.Equal(["octo/a", "octo/c"], Names(await server.WalkAsync(list + "?repository=octo/c&repository=octo/a", 1)));
        Assert.Equal(["octo/b", "octo/c"], Names(await server.WalkAsync(list + "?repositoryId=3&repositoryId=2", 1)));
        Assert.Empty(await server.WalkAsync(list + "?repositoryId=3&repository=octo/a", 10));
        Assert.Empty(await server.WalkAsync(list + "?repositoryId=99", 10));
        Assert.Empty(await server.WalkAsync(list + "?repository=octo/none", 10));
    }

    [Theory]
    [InlineData("/api/v1/repositories?limit=1", "/api/v1/statistics?limit=1")]
    [InlineData("/api/v1/statistics?limit=1", "/api/v1/repositories?limit=1")]
    [InlineData("/api/v1/statistics?limit=1", "/api/v1/statistics?limit=1&eventType=PushEvent")]
    [InlineData("/api/v1/statistics?limit=1", "/api/v1/statistics?limit=1&sort=events")]
    [InlineData("/api/v1/statistics?limit=1&sort=events", "/api/v1/statistics?limit=1&sort=-events")]
    [InlineData("/api/v1/statistics?limit=1&sort=events", "/api/v1/statistics?limit=1")]
    [InlineData("/api/v1/repositories?limit=1", "/api/v1/repositories?limit=1&repositoryId=1")]
    public async Task A_cursor_of_another_list_or_other_filters_is_refused(string from, string to)
    {
        await using var server = await ApiServer.StartAsync();
        await server.Catalog.PutAsync(Some.Repository(1, "octo/a"), Some.Repository(2, "octo/b"));
        var cursor = (await server.GetJsonAsync(from)).GetProperty("next").GetString();

        var problem = await server.GetProblemAsync(HttpStatusCode.BadRequest, $"{to}&cursor={cursor}");

        Assert.True(problem.GetProperty("errors").TryGetProperty("cursor", out _));
    }

    [Fact]
    public async Task A_cursor_goes_with_another_limit_and_filters_in_another_order()
    {
        await using var server = await ApiServer.StartAsync();
        await server.Catalog.PutAsync(Some.Repository(1, "octo/a"), Some.Repository(2, "octo/b"), Some.Repository(3, "octo/c"));
        var cursor = (await server.GetJsonAsync("/api/v1/statistics?limit=1&eventType=A&eventType=B&repositoryId=1&repositoryId=3"))
            .GetProperty("next")
            .GetString();

        var page = await server.GetJsonAsync(
            $"/api/v1/statistics?repositoryId=3&repositoryId=1&eventType=B&eventType=A&limit=9&cursor={cursor}");

        Assert.Equal(["octo/c"], Names(page.GetProperty("items").EnumerateArray()));
    }

    [Fact]
    public async Task A_damaged_cursor_is_refused_and_never_fails()
    {
        await using var server = await ApiServer.StartAsync();
        await server.Catalog.PutAsync([.. Enumerable.Range(1, 4).Select(i => Some.Repository(i, $"octo/r{i}"))]);
        foreach (var path in new[] { "/api/v1/repositories?limit=1", "/api/v1/statistics?limit=1&sort=-meanIntervalSeconds" })
        {
            var cursor = (await server.GetJsonAsync(path)).GetProperty("next").GetString()!;
            for (var i = 0; i < cursor.Length; i++)
            {
                await server.GetProblemAsync(
                    HttpStatusCode.BadRequest, $"{path}&cursor={cursor[..i]}{(cursor[i] == 'A' ? 'B' : 'A')}{cursor[(i + 1)..]}");
                await server.GetProblemAsync(HttpStatusCode.BadRequest, $"{path}&cursor={cursor[..i]}");
                // Padding and white space of base64 as some decoders take them: the one of the base library throws for the former.
                foreach (var padding in new[] { "%25", "=", "%25%25", "==", "%20", "%0A" })
                    await server.GetProblemAsync(HttpStatusCode.BadRequest, $"{path}&cursor={cursor[..i]}{padding}");
            }
        }
    }

    [Theory]
    [InlineData("events", "d e b c a")]
    [InlineData("-events", "c a b d e")]
    [InlineData("meanIntervalSeconds", "c a b d e")]
    [InlineData("-meanIntervalSeconds", "b c a d e")]
    public async Task Figures_sort_with_nulls_last_and_ties_by_id(string sort, string expected)
    {
        await using var server = await ApiServer.StartAsync();
        await server.Catalog.PutAsync(
            Some.Repository(2, "o/a"),
            Some.Repository(3, "o/b"),
            Some.Repository(1, "o/c"),
            Some.Repository(4, "o/d"),
            Some.Repository(0, "o/e"));
        await server.PublishAsync(
            Some.Figures(2, Some.Series("*", 9, mean: 0.5)),
            Some.Figures(3, Some.Series("*", 8, mean: 100)),
            Some.Figures(1, Some.Series("*", 9, mean: 0.5)));

        foreach (var limit in new[] { 1, 2, 100 })
        {
            var names = Names(await server.WalkAsync("/api/v1/statistics?sort=" + sort, limit));
            Assert.Equal(expected.Split(' ').Select(name => "o/" + name), names);
        }
    }

    [Fact]
    public async Task Every_figure_of_the_total_can_be_sorted_by()
    {
        var random = new Random(7);
        await using var server = await ApiServer.StartAsync();
        await server.Catalog.PutAsync([.. Enumerable.Range(1, 40).Select(i => Some.Repository(i, $"octo/r{i}"))]);
        double? Figure() => random.Next(5) == 0 ? null : random.NextDouble() * Math.Pow(10, random.Next(-3, 6));
        DateTimeOffset? Time() => random.Next(5) == 0 ? null : Some.Now.AddMicroseconds(-random.NextInt64(600_000_000_000));
        await server.PublishAsync([.. Enumerable.Range(1, 40).Select(i => Some.Figures(i, new SeriesSnapshot
        {
            EventType = EventType.All, Events = random.Next(30), Capped = false, FirstEventAt = Time(), LastEventAt = Time(),
            MeanIntervalSeconds = Figure(),
            MedianIntervalSeconds = Figure(), P95IntervalSeconds = Figure(), MinIntervalSeconds = Figure(), MaxIntervalSeconds = Figure(),
            StdDevIntervalSeconds = Figure(),
        }))]);
        var total = (await server.GetJsonAsync("/api/v1/statistics?limit=1")).GetProperty("items")[0].GetProperty("total");
        var figures = total.EnumerateObject().Select(figure => figure.Name).Except(["eventType", "limitedBy"]).ToList();
        Assert.Equal(9, figures.Count);

        foreach (var figure in figures)
        {
            foreach (var descending in new[] { false, true })
            {
                var rows = await server.WalkAsync($"/api/v1/statistics?sort={(descending ? "-" : "")}{figure}", 7);
                Assert.Equal(40, rows.Select(row => row.GetProperty("repositoryId").GetInt64()).Distinct().Count());
                foreach (var (left, right) in rows.Zip(rows.Skip(1)))
                    Assert.True(InOrder(left, right, figure, descending), $"{figure}: {left.GetRawText()} before {right.GetRawText()}");
            }
        }
    }

    [Fact]
    public async Task A_sorted_list_follows_the_figures()
    {
        await using var server = await ApiServer.StartAsync();
        await server.Catalog.PutAsync(Some.Repository(1, "o/a"), Some.Repository(2, "o/b"));
        await server.PublishAsync(Some.Figures(1, 1), Some.Figures(2, 2));
        Assert.Equal(["o/b", "o/a"], Names(await server.WalkAsync("/api/v1/statistics?sort=-events", 10)));

        await server.PublishAsync(Some.Figures(1, 3));

        Assert.Equal(["o/a", "o/b"], Names(await server.WalkAsync("/api/v1/statistics?sort=-events", 10)));
    }

    [Fact]
    public async Task Walking_pages_while_names_arrive_skips_and_repeats_nothing_that_was_there() =>
        await Gen.Select(
            Gen.String[Gen.Char["abyzABYZ0-_."], 1, 3].Array[0, 12],
            Gen.String[Gen.Char["abyzABYZ0-_."], 1, 3].Array[0, 24],
            Gen.Int[1, 4],
            Gen.Int[0, 1])
            .SampleAsync(async (held, arriving, limit, list) =>
            {
                await using var server = await ApiServer.StartAsync();
                var names = held.Where(Usable).Select(name => "o/" + name).Distinct(StringComparer.OrdinalIgnoreCase).ToList();
                var known = names.ToHashSet(StringComparer.OrdinalIgnoreCase);
                var id = 0;
                if (names.Count > 0)
                    await server.Catalog.PutAsync([.. names.Select(name => Some.Repository(++id, name))]);
                var later = new Queue<string>(arriving.Where(Usable).Select(name => "o/" + name).Where(known.Add));

                var walked = await server.WalkAsync(list == 0 ? "/api/v1/repositories" : "/api/v1/statistics", limit, async () =>
                {
                    if (later.TryDequeue(out var name))
                        await server.Catalog.PutAsync(Some.Repository(++id, name));
                });

                var seen = Names(walked).ToList();
                Assert.Equal(seen.Distinct(StringComparer.OrdinalIgnoreCase), seen);
                Assert.Subset(seen.ToHashSet(StringComparer.Ordinal), names.ToHashSet(StringComparer.Ordinal));
                Assert.Equal(seen.OrderBy(name => name, StringComparer.OrdinalIgnoreCase), seen);
            }, iter: 60, threads: 1);

    [Fact]
    public async Task A_repository_whose_id_becomes_known_between_pages_is_not_repeated()
    {
        await using var server = await ApiServer.StartAsync();
        await server.Catalog.PutAsync(Some.Repository(0, "o/a"), Some.Repository(2, "o/b"));

        var walked = await server.WalkAsync("/api/v1/repositories", 1, () => server.Catalog.PutAsync(Some.Repository(1, "o/a")));

        Assert.Equal(["o/a", "o/b"], Names(walked));
    }

    [Fact]
    public async Task Pages_hold_against_the_contracts()
    {
        await using var server = await ApiServer.StartAsync();
        await server.Catalog.PutAsync(Some.Repository(1, "octo/a"), Some.Repository(2, "octo/b"));
        await server.PublishAsync(Some.Figures(1, 2, Some.Series("PushEvent", 2, mean: 3.5)));

        Assert.NotNull(JsonSerializer.Deserialize(
            await server.GetTextAsync("/api/v1/statistics?limit=1"), ContractsJsonContext.Default.StatisticsPage)?.Next);
        Assert.NotNull(JsonSerializer.Deserialize(
            await server.GetTextAsync("/api/v1/repositories?limit=1"), ContractsJsonContext.Default.RepositoriesPage)?.Next);
    }

    private static bool Usable(string name) => name is not ("." or "..");

    private static IEnumerable<string> Names(IEnumerable<JsonElement> rows) =>
        rows.Select(row => row.GetProperty("repository").GetString()!);

    private static bool InOrder(JsonElement left, JsonElement right, string figure, bool descending)
    {
        var (a, b) = (left.GetProperty("total").GetProperty(figure), right.GetProperty("total").GetProperty(figure));
        if (a.ValueKind == JsonValueKind.Null && b.ValueKind != JsonValueKind.Null)
            return false;
        if (a.ValueKind != JsonValueKind.Null && b.ValueKind == JsonValueKind.Null)
            return true;
        var order = a.ValueKind switch
        {
            JsonValueKind.Null => 0,
            JsonValueKind.String => a.GetDateTimeOffset().CompareTo(b.GetDateTimeOffset()),
            _ => a.GetDouble().CompareTo(b.GetDouble()),
        };
        return order == 0
            ? left.GetProperty("repositoryId").GetInt64() < right.GetProperty("repositoryId").GetInt64()
            : order < 0 != descending;
    }
}
