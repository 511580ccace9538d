using Microsoft.Extensions.DependencyInjection;
using RepoPulse.ContractTests.Storage;
using RepoPulse.Core.Evidence;

namespace RepoPulse.ContractTests.Contracts;

/// <summary>What is kept of the evidence, and what the catalog reports of it.</summary>
public abstract class EvidenceContract(StorageUnderTest storage) : StorageContract(storage)
{
    private static readonly FeedAddress Widget = Sample.Feed("acme/widget-1");
    private static readonly RepositoryId Repository = new(1);
    private static readonly DateTimeOffset Never = DateTimeOffset.MinValue;

    private IEvidenceStore Evidence => Store.Services.GetRequiredService<IEvidenceStore>();

    [Fact]
    public async Task The_catalog_reports_it_and_lays_its_gaps_over_the_coverage()
    {
        await SweepAsync();
        var counts = new EvidenceCounts(7, 1, 5, 4);
        await SaveAsync(counts, Gap(1, 2));

        var repository = await ReadAsync();
        Assert.Equal(counts, repository.Evidence);
        Assert.Equal(
            [
                new(At(-9), At(1), CoverageState.Complete, null),
                new(At(1), At(2), CoverageState.Gap, "a push is missing"),
                new(At(2), At(9), CoverageState.Complete, null),
            ],
            repository.Coverage.Intervals);

        await SaveAsync(counts with { Broken = 0 });
        Assert.Equal([new CoverageInterval(At(-9), At(9), CoverageState.Complete, null)], (await ReadAsync()).Coverage.Intervals);
    }

    [Fact]
    public async Task A_reader_that_follows_learns_of_each_change_and_of_no_repetition()
    {
        await SweepAsync();
        var version = (await Store.Catalog.ReadChangesAsync(0, Cancellation)).Version;
        await SaveAsync(default, Gap(1, 2));
        var changes = await Store.Catalog.ReadChangesAsync(version, Cancellation);
        Assert.Equal(Repository, Assert.Single(changes.Repositories).Id);

        await SaveAsync(default, Gap(1, 2));
        Assert.Empty((await Store.Catalog.ReadChangesAsync(changes.Version, Cancellation)).Repositories);
    }

    [Fact]
    public async Task A_gap_from_before_what_is_held_stays()
    {
        await SweepAsync();
        await SaveAsync(default, Gap(1, 2), Gap(4, 5));
        await Evidence.SaveAsync(Repository, new EvidenceReport { Counts = default }, At(3), Cancellation);

        Assert.Equal(
            At(1), Assert.Single((await ReadAsync()).Coverage.Intervals, interval => interval.State == CoverageState.Gap).From);
    }

    [Fact]
    public async Task An_archive_repairs_it_like_any_gap()
    {
        await SweepAsync();
        await SaveAsync(default, Gap(1, 2));
        await Store.Feeds.NoteArchiveAsync(new ArchiveSpan(At(0), At(3), null), Cancellation);

        Assert.Contains(
            (await ReadAsync()).Coverage.Intervals,
            interval => interval == new CoverageInterval(At(1), At(2), CoverageState.Repaired, "a push is missing"));
    }

    [Fact]
    public async Task Once_it_is_switched_off_nothing_of_it_is_reported()
    {
        await SweepAsync();
        await SaveAsync(new EvidenceCounts(1, 1, 1, 1), Gap(1, 2));
        await Evidence.ClearAsync(Cancellation);

        var repository = await ReadAsync();
        Assert.Null(repository.Evidence);
        Assert.Equal(CoverageState.Complete, Assert.Single(repository.Coverage.Intervals).State);
    }

    private static DateTimeOffset At(int hours) => Sample.Noon.AddHours(hours);

    private static EvidenceGap Gap(int from, int to) => new(At(from), At(to), "a push is missing");

    private async Task SweepAsync()
    {
        await Store.AppendAsync(Sample.Event(1));
        await Store.WatchList.RegisterAsync("test", [Widget], At(9), Cancellation);
        await Store.Feeds.SaveAsync(
            Widget,
            new FeedCursor { RepositoryId = Repository },
            new SweepProof { From = At(-9), To = At(9), Contiguous = true },
            [],
            Cancellation);
    }

    private Task SaveAsync(EvidenceCounts counts, params EvidenceGap[] gaps) =>
        Evidence.SaveAsync(Repository, new EvidenceReport { Counts = counts, Gaps = gaps }, Never, Cancellation).AsTask();

    private async Task<Repository> ReadAsync() => Assert.Single((await Store.Catalog.ReadChangesAsync(0, Cancellation)).Repositories);
}
