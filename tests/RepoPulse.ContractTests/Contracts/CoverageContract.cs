using RepoPulse.ContractTests.Storage;

namespace RepoPulse.ContractTests.Contracts;

/// <summary>What becomes of a feed's ledger when archives are imported, and when its name goes to another repository.</summary>
public abstract class CoverageContract(StorageUnderTest storage) : StorageContract(storage)
{
    private static readonly FeedAddress Widget = Sample.Feed("acme/widget");

    [Fact]
    public async Task A_repaired_stretch_says_what_its_archive_can_hold_at_most()
    {
        await DeclareGapAsync(Widget, 1);
        await Store.Feeds.NoteArchiveAsync(new ArchiveSpan(Hour(1), Hour(2), null) { CapturedAtMost = 0.5 }, Cancellation);
        await Store.Feeds.NoteArchiveAsync(new ArchiveSpan(Hour(2), Hour(3), null) { CapturedAtMost = 0.75 }, Cancellation);

        Assert.Equal(
            [(Hour(1), 0.5), (Hour(2), (double?)0.75)],
            (await ReadAsync(1)).Coverage.Intervals.Where(interval => interval.State == CoverageState.Repaired)
                .Select(interval => (interval.From, interval.CapturedAtMost)));
    }

    [Fact]
    public async Task An_archive_repairs_the_gaps_that_it_lies_over_as_far_as_it_reaches()
    {
        await DeclareGapAsync(Widget, 1);

        await Store.Feeds.NoteArchiveAsync(new ArchiveSpan(Hour(1), Hour(2), null), Cancellation);
        await RestartAsync();
        Assert.Equal(["Complete", "Repaired", "Gap", "Complete"], await StatesAsync(1));

        await Store.Feeds.NoteArchiveAsync(new ArchiveSpan(Hour(2), Hour(3), null), Cancellation);
        Assert.Equal(["Complete", "Repaired", "Complete"], await StatesAsync(1));
        var repaired = (await ReadAsync(1)).Coverage.Intervals[1];
        Assert.Equal((Hour(1), Hour(3), "overflow"), (repaired.From, repaired.To, repaired.Reason));
        Assert.Equal(Hour(3), (await ReadAsync(1)).Coverage.CompleteSince);
    }

    [Fact]
    public async Task Readers_of_the_catalog_learn_of_a_repair()
    {
        await DeclareGapAsync(Widget, 1);
        var version = (await Store.Catalog.ReadChangesAsync(0, Cancellation)).Version;

        await Store.Feeds.NoteArchiveAsync(new ArchiveSpan(Hour(1), Hour(3), null), Cancellation);

        var changes = await Store.Catalog.ReadChangesAsync(version, Cancellation);
        Assert.Equal(CoverageState.Repaired, Assert.Single(changes.Repositories).Coverage.Intervals[1].State);
    }

    [Fact]
    public async Task A_gap_that_is_declared_after_its_archive_was_imported_is_repaired_too()
    {
        await Store.Feeds.NoteArchiveAsync(new ArchiveSpan(Hour(0), Hour(1), null), Cancellation);
        await Store.Feeds.NoteArchiveAsync(new ArchiveSpan(Hour(1), Hour(5), null), Cancellation);

        await DeclareGapAsync(Widget, 1);

        Assert.Equal(["Complete", "Repaired", "Complete"], await StatesAsync(1));
    }

    [Fact]
    public async Task An_archive_of_some_repositories_repairs_theirs_alone()
    {
        await DeclareGapAsync(Widget, 1);
        await DeclareGapAsync(Sample.Feed("acme/gadget"), 2);

        await Store.Feeds.NoteArchiveAsync(new ArchiveSpan(Hour(0), Hour(5), [new RepositoryId(2), new RepositoryId(3)]), Cancellation);
        await DeclareGapAsync(Sample.Feed("acme/third"), 3);

        Assert.Equal(["Complete", "Gap", "Complete"], await StatesAsync(1));
        Assert.Equal(["Complete", "Repaired", "Complete"], await StatesAsync(2));
        Assert.Equal(["Complete", "Repaired", "Complete"], await StatesAsync(3));
    }

    [Fact]
    public async Task A_name_that_goes_to_another_repository_leaves_the_formers_history_with_it()
    {
        await DeclareGapAsync(Widget, 1);

        var proof = new SweepProof { From = Hour(8), To = Hour(9), Contiguous = true };
        await SaveAsync(Widget, 2, proof);
        await RestartAsync();

        var (former, successor) = (await ReadAsync(1), await ReadAsync(2));
        Assert.Equal(["Complete", "Gap", "Complete"], former.Coverage.Intervals.Select(interval => interval.State.ToString()));
        Assert.Equal((Hour(8), Hour(9)), (Assert.Single(successor.Coverage.Intervals).From, successor.Coverage.Intervals[0].To));
        Assert.Equal(RepositoryState.Watching, former.State);
        Assert.Equal(RepositoryState.Watching, successor.State);

        // Both are watched, the former under its id, with what was known of it.
        Assert.Equal(
            ["repos/acme/widget", "repositories/1"],
            (await Store.Feeds.ReadWatchedAsync(Sample.Noon, Cancellation))
                .Select(feed => feed.Address.ToString())
                .Order(StringComparer.Ordinal));
        Assert.Equal(
            new RepositoryId(1),
            (await Store.Feeds.ReadCursorAsync(FeedAddress.OfRepositoryId(new RepositoryId(1)), Cancellation)).RepositoryId);
        Assert.Equal(new RepositoryId(2), (await Store.Feeds.ReadCursorAsync(Widget, Cancellation)).RepositoryId);
    }

    [Fact]
    public async Task Former_bearers_of_a_name_are_watched_as_long_as_the_name_is()
    {
        await DeclareGapAsync(Widget, 1);
        await SaveAsync(Widget, 2, null);
        await SaveAsync(Widget, 3, null);
        var version = (await Store.Catalog.ReadChangesAsync(0, Cancellation)).Version;

        await Store.WatchList.RegisterAsync("here", [], Sample.Noon, Cancellation);

        Assert.Empty(await Store.Feeds.ReadWatchedAsync(Sample.Noon, Cancellation));
        var changes = await Store.Catalog.ReadChangesAsync(version, Cancellation);
        Assert.Equal([1, 2, 3], changes.Repositories.Select(repository => repository.Id.Value).Order());
        Assert.All(changes.Repositories, repository => Assert.Equal(RepositoryState.Unwatched, repository.State));
    }

    private static DateTimeOffset Hour(int hours) => Sample.Noon.AddHours(hours);

    /// <summary>Complete until 1 o'clock, a gap until 3.</summary>
    private async Task DeclareGapAsync(FeedAddress feed, long repository)
    {
        var watched = (await Store.Feeds.ReadWatchedAsync(Sample.Noon, Cancellation)).Select(known => known.Address);
        await Store.WatchList.RegisterAsync("here", [.. watched.Append(feed)], Sample.Noon, Cancellation);
        await SaveAsync(feed, repository, new SweepProof { From = Hour(-10), To = Hour(1), Contiguous = true });
        await SaveAsync(feed, repository, new SweepProof { From = Hour(3), To = Hour(4), Contiguous = false, GapReason = "overflow" });
    }

    private async Task SaveAsync(FeedAddress feed, long repository, SweepProof? proof) => await Store.Feeds.SaveAsync(
        feed,
        new FeedCursor { RepositoryId = new RepositoryId(repository) },
        proof,
        [new NameObservation(feed.Repository, Hour((int)repository))],
        Cancellation);

    private async Task<Repository> ReadAsync(long id) =>
        Assert.Single((await Store.Catalog.ReadChangesAsync(0, Cancellation)).Repositories, repository => repository.Id.Value == id);

    private async Task<IEnumerable<string>> StatesAsync(long id) =>
        (await ReadAsync(id)).Coverage.Intervals.Select(interval => interval.State.ToString());
}
