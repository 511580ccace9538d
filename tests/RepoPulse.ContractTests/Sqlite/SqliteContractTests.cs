using RepoPulse.ContractTests.Contracts;
using RepoPulse.ContractTests.Storage;

namespace RepoPulse.ContractTests.Sqlite;

public sealed class SqliteEventLogTests() : EventLogContract(new SqliteStorage());

public sealed class SqliteEventHistoryTests() : EventHistoryContract(new SqliteStorage());

public sealed class SqliteEventScanTests() : EventScanContract(new SqliteStorage());

public sealed class SqliteRetentionTests() : RetentionContract(new SqliteStorage())
{
    [Fact]
    public async Task Much_goes_in_several_steps_so_that_appends_have_their_turn()
    {
        for (var i = 0; i < 12; i++)
            await Store.AppendAsync(Sample.Events(1 + (i * 1000), 1000));
        var first = await Store.Retention.DeleteStepAsync(Sample.Noon.AddDays(1), Cancellation);
        Assert.InRange(first, 1, 11_999);
        Assert.Equal(12_000, first + await DeleteAllAsync(Sample.Noon.AddDays(1)));
    }
}

public sealed class SqliteCatalogTests() : CatalogContract(new SqliteStorage());

public sealed class SqliteWatchedCatalogTests() : WatchedCatalogContract(new SqliteStorage());

public sealed class SqliteWatchListTests() : WatchListContract(new SqliteStorage());

public sealed class SqliteFeedStoreTests() : FeedStoreContract(new SqliteStorage());

public sealed class SqliteCoverageTests() : CoverageContract(new SqliteStorage());

public sealed class SqliteWebhookInboxTests() : WebhookInboxContract(new SqliteStorage());

public sealed class SqliteEventArchiveTests() : EventArchiveContract(new SqliteStorage());

public sealed class SqliteMergingTests() : MergingContract(new SqliteStorage());

public sealed class SqliteEvidenceTests() : EvidenceContract(new SqliteStorage());
