using RepoPulse.ContractTests.Contracts;

namespace RepoPulse.ContractTests.Kafka;

public sealed class KafkaEventLogTests() : EventLogContract(new KafkaStorage());

public sealed class KafkaWatchListTests() : WatchListContract(new KafkaStorage());

public sealed class KafkaFeedStoreTests() : FeedStoreContract(new KafkaStorage());

public sealed class KafkaCoverageTests() : CoverageContract(new KafkaStorage());

public sealed class KafkaCatalogTests() : CatalogContract(new KafkaStorage(aggregates: true));

public sealed class KafkaWatchedCatalogTests() : WatchedCatalogContract(new KafkaStorage(aggregates: true));
