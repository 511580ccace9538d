using Microsoft.Extensions.Time.Testing;
using RepoPulse.Api.View;
using RepoPulse.Statistics;
using RepoPulse.UnitTests.Api.Support;

namespace RepoPulse.UnitTests.Api.View;

public sealed class StatisticsViewTests
{
    [Fact]
    public void A_poll_that_found_nothing_new_leaves_the_documents_as_they_are()
    {
        var view = NewView();
        view.Apply([Some.Repository(1, "octo/pulse")]);
        var before = view.Directory.Find(new RepositoryId(1))!.Entry;

        view.Apply([Some.Repository(1, "octo/pulse") with { LastPolledAt = Some.Now, Coverage = before.Repository.Coverage.Apply(
            Sweep(Some.Now.AddMinutes(1))) }]);

        var after = view.Directory.Find(new RepositoryId(1))!.Entry;
        Assert.Same(before.Statistics, after.Statistics);
        Assert.Same(before.Summary, after.Summary);
        Assert.Equal(Some.Now, after.Repository.LastPolledAt);
    }

    [Fact]
    public async Task Figures_that_come_again_unchanged_leave_the_document_as_it_is()
    {
        var view = NewView();
        view.Apply([Some.Repository(1, "octo/pulse")]);
        await view.PublishAsync([Some.Figures(1, 3, Some.Series("PushEvent", 3))], TestContext.Current.CancellationToken);
        var before = view.Directory.Find(new RepositoryId(1))!.Entry.Statistics;

        await view.PublishAsync([Some.Figures(1, 3, Some.Series("PushEvent", 3))], TestContext.Current.CancellationToken);

        Assert.Same(before, view.Directory.Find(new RepositoryId(1))!.Entry.Statistics);
    }

    [Fact]
    public async Task The_newest_event_is_an_earlier_one_once_it_is_superseded_by_that()
    {
        var view = NewView();
        view.Apply([Some.Repository(1, "octo/pulse") with { LastEventAt = Some.Now.AddDays(-1) }]);
        async Task<DateTimeOffset?> PublishAsync(DateTimeOffset newest)
        {
            var figures = Some.Figures(1, 3, Some.Series("PushEvent", 3));
            await view.PublishAsync(
                [figures with { Total = figures.Total with { LastEventAt = newest } }], TestContext.Current.CancellationToken);
            return view.Directory.Find(new RepositoryId(1))!.Entry.Repository.LastEventAt;
        }

        Assert.Equal(Some.Now.AddSeconds(-1), await PublishAsync(Some.Now.AddSeconds(-1)));
        Assert.Equal(Some.Now.AddSeconds(-3), await PublishAsync(Some.Now.AddSeconds(-3)));

        // What the catalog knows stays, if the aggregator has not come so far yet.
        view.Apply([Some.Repository(1, "octo/pulse") with { LastEventAt = Some.Now }]);
        Assert.Equal(Some.Now, await PublishAsync(Some.Now.AddSeconds(-2)));
    }

    [Fact]
    public void The_order_after_many_changes_is_that_of_a_sort()
    {
        var random = new Random(3);
        var view = NewView();
        var names = new Dictionary<long, string>();
        for (var round = 0; round < 60; round++)
        {
            var changed = Enumerable.Range(0, random.Next(8))
                .Select(_ => (long)random.Next(1, 80))
                .Distinct()
                .ToDictionary(id => id, _ => $"o/{random.Next(1000)}");
            foreach (var (id, name) in changed)
                names[id] = name;
            view.Apply([.. changed.Select(change => Some.Repository(change.Key, change.Value))]);

            Assert.Equal(
                names.OrderBy(pair => pair.Value, StringComparer.OrdinalIgnoreCase).ThenBy(pair => pair.Key).Select(pair => pair.Key),
                view.Directory.Order.Select(cell => cell.Key.Id.Value));
            Assert.All(
                names, pair => Assert.Equal(pair.Value, view.Directory.Find(new RepositoryId(pair.Key))!.Entry.Repository.Name.FullName));
        }
    }

    [Fact]
    public void A_nameless_repository_is_kept_where_its_name_is_only_a_former_one_of_another()
    {
        var view = NewView();

        view.Apply([Some.Repository(0, "octo/a"), Some.Repository(1, "octo/b", "octo/a")]);
        view.Apply([Some.Repository(1, "octo/b", "octo/a")]);

        Assert.Equal(["octo/a", "octo/b"], view.Directory.Order.Select(cell => cell.Key.Name.FullName));
    }

    [Fact]
    public void A_nameless_repository_is_dropped_where_another_bears_its_name_now()
    {
        var view = NewView();

        view.Apply([Some.Repository(0, "octo/a"), Some.Repository(1, "octo/a")]);
        view.Apply([Some.Repository(0, "octo/a")]);

        Assert.Equal([1L], view.Directory.Order.Select(cell => cell.Key.Id.Value));
    }

    [Fact]
    public void A_nameless_repository_that_nobody_watches_any_more_is_dropped()
    {
        var view = NewView();
        view.Apply([Some.Repository(0, "octo/a"), Some.Repository(0, "octo/b")]);

        view.Apply([Some.Repository(0, "octo/a") with { State = RepositoryState.Unwatched }]);

        Assert.Equal(["octo/b"], view.Directory.Order.Select(cell => cell.Key.Name.FullName));
        Assert.Null(view.Directory.Find(RepositoryName.Parse("octo/a")));
    }

    [Fact]
    public async Task An_event_under_a_name_is_a_sighting_though_the_catalog_has_none()
    {
        var view = NewView();
        view.Apply(
        [
            Some.Repository(1, "octo/a") with { Names = [Some.Seen("octo/a", Some.Now.AddDays(-2))] },
            Some.Repository(2, "octo/a") with { Names = [Some.Seen("octo/a", Some.Now.AddDays(-1))] },
        ]);
        Assert.Equal(2, view.Directory.Find(RepositoryName.Parse("octo/a"))!.Key.Id.Value);

        await view.PublishAsync(
            [Some.Figures(1, Some.Series("*", 1) with { LastEventAt = Some.Now })], TestContext.Current.CancellationToken);

        Assert.Equal(1, view.Directory.Find(RepositoryName.Parse("octo/a"))!.Key.Id.Value);
    }

    [Fact]
    public async Task The_newest_event_is_remembered_after_it_left_the_window()
    {
        var view = NewView();
        view.Apply([Some.Repository(1, "octo/a") with { LastEventAt = Some.Now.AddDays(-9) }]);
        await view.PublishAsync(
            [Some.Figures(1, Some.Series("*", 1) with { LastEventAt = Some.Now })], TestContext.Current.CancellationToken);

        await view.PublishAsync([Some.Figures(1, 0)], TestContext.Current.CancellationToken);
        Assert.Equal(Some.Now, view.Directory.Find(new RepositoryId(1))!.Entry.Repository.LastEventAt);

        view.Apply([Some.Repository(1, "octo/a") with { LastEventAt = null }]);
        Assert.Null(view.Directory.Find(new RepositoryId(1))!.Entry.Repository.LastEventAt);
    }

    [Fact]
    public async Task Readers_meet_only_whole_documents_while_writers_write()
    {
        var view = NewView();
        view.Apply([.. Enumerable.Range(1, 50).Select(i => Some.Repository(i, $"octo/r{i}"))]);
        using var stop = new CancellationTokenSource();
        var writer = Task.Run(async () =>
        {
            for (var n = 1; n <= 400; n++)
            {
                await view.PublishAsync([Some.Figures(1 + n % 50, n, Some.Series("PushEvent", n))], CancellationToken.None);
                view.Apply([Some.Repository(1 + n % 50, $"octo/r{1 + n % 50}-{n}", $"octo/r{1 + n % 50}")]);
            }

            await stop.CancelAsync();
        }, TestContext.Current.CancellationToken);

        while (!stop.IsCancellationRequested)
        {
            var order = view.Directory.Order;
            Assert.Equal(50, order.Select(cell => cell.Key.Id).Distinct().Count());
            var entry = view.Directory.Find(RepositoryName.Parse("octo/r7"))?.Entry;
            Assert.NotNull(entry);
            using var json = System.Text.Json.JsonDocument.Parse(entry.Statistics.Json);
            var total = json.RootElement.GetProperty("total").GetProperty("events").GetInt32();
            Assert.Equal(entry.Total.Events, total);
        }

        await writer;
    }

    private static SweepProof Sweep(DateTimeOffset to) => new() { From = Some.Now, To = to, Contiguous = true };

    private static StatisticsView NewView() => new(new WindowOptions(), new VisibilityRules(["*"]), new FakeTimeProvider(Some.Now));
}
