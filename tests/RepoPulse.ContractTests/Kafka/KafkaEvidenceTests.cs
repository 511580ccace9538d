using System.Globalization;
using System.Text;
using RepoPulse.ContractTests.Storage;
using RepoPulse.Core.Evidence;

namespace RepoPulse.ContractTests.Kafka;

/// <summary>Without a database the aggregators look at what the events say of each other, and publish it.</summary>
public sealed class KafkaEvidenceTests() : StorageContract(new KafkaStorage(aggregates: true))
{
    private static readonly FeedAddress Widget = Sample.Feed("acme/widget-1");

    [Fact]
    public async Task A_broken_chain_of_pushes_is_a_gap_until_what_was_missing_arrives()
    {
        await SweepAsync();
        await Store.AppendAsync(Push(1, -9, 10, 11), Push(2, -8, 11, 12), Push(4, -7, 13, 14));

        var broken = await ReadAsync();
        Assert.Equal(new EvidenceCounts(1, 1, 0, 0), broken.Evidence);
        var gap = Assert.Single(broken.Coverage.Intervals, interval => interval.State == CoverageState.Gap);
        Assert.Equal(
            (At(-8), At(-7).AddSeconds(1), "a push to refs/heads/main is missing"), (gap.From, gap.To, gap.Reason));

        // A successor reads the events again, and a record that comes twice is one event.
        await RestartAsync();
        await Store.AppendAsync(Push(2, -8, 11, 12));
        Assert.Equal(broken.Evidence, (await ReadAsync()).Evidence);

        await Store.AppendAsync(Push(3, -7.5, 12, 13));
        var healed = await ReadAsync();
        Assert.Equal(new EvidenceCounts(3, 0, 0, 0), healed.Evidence);
        Assert.Equal(CoverageState.Complete, Assert.Single(healed.Coverage.Intervals).State);
    }

    private static DateTimeOffset At(double hours) => Sample.Noon.AddHours(hours);

    private static GitHubEvent Push(long id, double hours, int before, int head)
    {
        var payload = string.Create(
            CultureInfo.InvariantCulture, $$"""{"ref":"refs/heads/main","before":"{{before:x16}}","head":"{{head:x16}}"}""");
        return Sample.Event(id, At(hours)) with { Json = Encoding.UTF8.GetBytes($$"""{"payload":{{payload}}}""") };
    }

    private async Task SweepAsync()
    {
        await Store.WatchList.RegisterAsync("test", [Widget], Sample.Noon, Cancellation);
        await Store.Feeds.SaveAsync(
            Widget,
            new FeedCursor { RepositoryId = new RepositoryId(1) },
            new SweepProof { From = At(-100), To = At(0), Contiguous = true },
            [],
            Cancellation);
    }

    private async Task<Repository> ReadAsync() =>
        Assert.Single((await Store.Catalog.ReadChangesAsync(0, Cancellation)).Repositories, repository => repository.Id.Value == 1);
}
