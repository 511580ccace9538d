using RepoPulse.ContractTests.Contracts;

namespace RepoPulse.ContractTests.Sqlite;

public sealed class SqliteEventLogTests() : EventLogContract(new SqliteStorage());

public sealed class SqliteEventHistoryTests() : EventHistoryContract(new SqliteStorage());

public sealed class SqliteRetentionTests() : RetentionContract(new SqliteStorage());

public sealed class SqliteCatalogTests() : CatalogContract(new SqliteStorage());

public sealed class SqliteWatchListTests() : WatchListContract(new SqliteStorage());

public sealed class SqliteFeedStoreTests() : FeedStoreContract(new SqliteStorage());

public sealed class SqliteCoverageTests() : CoverageContract(new SqliteStorage());

public sealed class SqliteWebhookInboxTests() : WebhookInboxContract(new SqliteStorage());

public sealed class SqliteMergingTests() : MergingContract(new SqliteStorage());
