using RepoPulse.ContractTests.Contracts;

namespace RepoPulse.ContractTests.Postgres;

public sealed class PostgresEventLogTests() : EventLogContract(new PostgresStorage());

public sealed class PostgresEventHistoryTests() : EventHistoryContract(new PostgresStorage());

public sealed class PostgresEventScanTests() : EventScanContract(new PostgresStorage());

public sealed class PostgresRetentionTests() : RetentionContract(new PostgresStorage());

public sealed class PostgresCatalogTests() : CatalogContract(new PostgresStorage());

public sealed class PostgresWatchedCatalogTests() : WatchedCatalogContract(new PostgresStorage());

public sealed class PostgresWatchListTests() : WatchListContract(new PostgresStorage());

public sealed class PostgresFeedStoreTests() : FeedStoreContract(new PostgresStorage());

public sealed class PostgresCoverageTests() : CoverageContract(new PostgresStorage());

public sealed class PostgresWebhookInboxTests() : WebhookInboxContract(new PostgresStorage());

public sealed class PostgresEventArchiveTests() : EventArchiveContract(new PostgresStorage());

public sealed class PostgresMergingTests() : MergingContract(new PostgresStorage());

public sealed class PostgresEvidenceTests() : EvidenceContract(new PostgresStorage());
