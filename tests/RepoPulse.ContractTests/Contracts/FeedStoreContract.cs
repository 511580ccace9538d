using RepoPulse.ContractTests.Storage;

namespace RepoPulse.ContractTests.Contracts;

public abstract class FeedStoreContract(StorageUnderTest storage) : StorageContract(storage)
{
    private static readonly FeedAddress Widget = Sample.Feed("acme/widget");

    [Fact]
    public async Task A_feed_that_was_never_polled_has_a_fresh_cursor()
    {
        await WatchAsync(Widget);
        Assert.Equal(new WatchedFeed(Widget), Assert.Single(await Store.Feeds.ReadWatchedAsync(Sample.Noon, Cancellation)));
        AssertSame(new FeedCursor(), await ReadCursorAsync());
        AssertSame(new FeedCursor(), await Store.Feeds.ReadCursorAsync(Sample.Feed("acme/never-heard-of"), Cancellation));
    }

    [Fact]
    public async Task A_cursor_comes_back_as_it_was_saved()
    {
        var cursor = new FeedCursor
        {
            MovedTo = "repositories/42/events",
            RepositoryId = new RepositoryId(42),
            State = RepositoryState.Gone,
            Token = "a fingerprint",
            PinnedToken = "another",
            Pages = [new FeedPage("W/\"abc\"", 100, "https://api.github.com/repositories/7/events?page=2"), new FeedPage(
                "\"d\\u0065f\"", 3, null)],
            Known = [.. Enumerable
                .Range(1, 300)
                .Select(i => new EventKey(EventId.FromValue(43_000_000_000 - (i * i)), Sample.Noon.AddSeconds(-i)))],
            LastPolledAt = Sample.Noon,
            LastSweptAt = Sample.Noon.AddMinutes(-1),
            SweptBeforeAt = Sample.Noon.AddMinutes(-2),
            LastFullSweepAt = Sample.Noon.AddHours(-3),
            EnteredSince = 17,
            EventsPerHour = 12.25,
            NameCheckedAt = Sample.Noon.AddHours(-4),
            NextPollAt = Sample.Noon.AddMinutes(1),
            PollInterval = TimeSpan.FromSeconds(60),
            Failures = 3,
        };
        await WatchAsync(Widget);
        await Store.Feeds.SaveAsync(Widget, cursor, null, [], Cancellation);
        await RestartAsync();

        AssertSame(cursor, await ReadCursorAsync());
        Assert.Equal(
            new WatchedFeed(Widget) { LastPolledAt = cursor.LastPolledAt, NextPollAt = cursor.NextPollAt, EventsPerHour = 12.25 },
            Assert.Single(await Store.Feeds.ReadWatchedAsync(Sample.Noon, Cancellation)));

        await Store.Feeds.SaveAsync(Widget, new FeedCursor(), null, [], Cancellation);
        AssertSame(new FeedCursor(), await ReadCursorAsync());
    }

    [Fact]
    public async Task The_keys_of_a_sweep_come_back_whatever_they_are()
    {
        EventKey[] keys =
        [
            new(EventId.FromTimeline(0), Sample.Noon.AddMicroseconds(1)),
            new(EventId.FromGitHub(long.MaxValue), DateTimeOffset.UnixEpoch),
            new(EventId.FromWebhook(ulong.MaxValue), Sample.Noon.AddYears(100)),
            new(EventId.FromGitHub(0), new DateTimeOffset(1969, 12, 31, 23, 59, 59, TimeSpan.Zero)),
        ];
        await WatchAsync(Widget);
        await Store.Feeds.SaveAsync(Widget, new FeedCursor { Known = keys }, null, [], Cancellation);
        Assert.Equal(keys, (await ReadCursorAsync()).Known);
    }

    [Fact]
    public async Task A_cursor_is_kept_while_its_feed_is_on_no_list_and_whatever_its_case()
    {
        await Store.Feeds.SaveAsync(Widget, new FeedCursor { Failures = 4 }, null, [], Cancellation);
        Assert.Empty(await Store.Feeds.ReadWatchedAsync(Sample.Noon, Cancellation));

        await WatchAsync(Sample.Feed("ACME/Widget"));
        var feed = Assert.Single(await Store.Feeds.ReadWatchedAsync(Sample.Noon, Cancellation));
        Assert.Equal(4, (await ReadCursorAsync()).Failures);
        Assert.Equal("ACME/Widget", feed.Address.Repository.FullName);
    }

    [Fact]
    public async Task Sweeps_extend_the_stored_coverage_and_declare_gaps()
    {
        await WatchAsync(Widget);
        var cursor = new FeedCursor { RepositoryId = new RepositoryId(1) };
        var sighting = new NameObservation(Widget.Repository, Sample.Noon);
        SweepProof[] proofs =
        [
            new() { From = Hour(-10), To = Hour(0), Contiguous = false },
            new() { From = Hour(-5), To = Hour(1), Contiguous = true },
            new() { From = Hour(3), To = Hour(4), Contiguous = false, GapReason = "overflow" },
            new() { From = Hour(2), To = Hour(5), Contiguous = true },
        ];
        var expected = CoverageLedger.Empty;
        foreach (var proof in proofs)
        {
            await Store.Feeds.SaveAsync(Widget, cursor, proof, [sighting], Cancellation);
            expected = expected.Apply(proof);
            Assert.Equal(expected.Intervals, (await ReadRepositoryAsync()).Coverage.Intervals);
        }

        Assert.Equal(3, expected.Intervals.Count);
        await Store.Feeds.SaveAsync(Widget, cursor with { Failures = 1 }, null, [], Cancellation);
        await RestartAsync();
        Assert.Equal(expected.Intervals, (await ReadRepositoryAsync()).Coverage.Intervals);
    }

    [Fact]
    public async Task Coverage_that_a_clock_ahead_has_stored_is_cut_back_and_the_gap_behind_it_declared()
    {
        await WatchAsync(Widget);
        var cursor = new FeedCursor { RepositoryId = new RepositoryId(1) };
        SweepProof[] proofs =
        [
            new() { From = Hour(-10), To = Hour(1), Contiguous = true },
            new() { From = Hour(-10), To = Hour(0), Contiguous = true },
            new() { From = Hour(-1), To = Hour(0).AddMinutes(5), Contiguous = false, BelievedUntil = Hour(-2), GapReason = "overflow" },
            new() { From = Hour(2), To = Hour(3), Contiguous = false, GapReason = "overflow" },
            new() { From = Hour(-2), To = Hour(1), Contiguous = false, GapReason = "late" },
            new() { From = Hour(-2), To = Hour(4), Contiguous = true },
        ];
        var expected = CoverageLedger.Empty;
        foreach (var proof in proofs)
        {
            await Store.Feeds.SaveAsync(Widget, cursor, proof, [new NameObservation(Widget.Repository, Sample.Noon)], Cancellation);
            expected = expected.Apply(proof);
            var stored = (await ReadRepositoryAsync()).Coverage.Intervals;
            Assert.Equal(expected.Intervals, stored);
            Assert.True(stored[^1].To <= proof.To);
            Assert.True(
                proof.Contiguous || stored.Any(interval => interval.State == CoverageState.Gap && interval.Reason == proof.GapReason));
        }

        await RestartAsync();
        Assert.Equal(expected.Intervals, (await ReadRepositoryAsync()).Coverage.Intervals);
    }

    [Fact]
    public async Task A_poll_names_its_repository()
    {
        await WatchAsync(Widget);
        await Store.Feeds.SaveAsync(
            Widget,
            new FeedCursor { RepositoryId = new RepositoryId(9) },
            null,
            [new NameObservation(RepositoryName.Parse("acme/gadget"), Sample.Noon)],
            Cancellation);
        var repository = await ReadRepositoryAsync();
        Assert.Equal(new RepositoryId(9), repository.Id);
        Assert.Equal(["acme/gadget", "acme/widget"], repository.Names.Select(seen => seen.Name.FullName));
    }

    private static DateTimeOffset Hour(int hours) => Sample.Noon.AddHours(hours);

    private static void AssertSame(FeedCursor expected, FeedCursor actual)
    {
        Assert.Equal(expected.Pages, actual.Pages);
        Assert.Equal(expected.Known, actual.Known);
        Assert.Equal(expected with { Pages = [], Known = [] }, actual with { Pages = [], Known = [] });
    }

    private async Task WatchAsync(FeedAddress feed) =>
        await Store.WatchList.RegisterAsync("here", [feed], Sample.Noon, Cancellation);

    private async Task<FeedCursor> ReadCursorAsync() => await Store.Feeds.ReadCursorAsync(Widget, Cancellation);

    private async Task<Repository> ReadRepositoryAsync() =>
        Assert.Single((await Store.Catalog.ReadChangesAsync(0, Cancellation)).Repositories);
}
