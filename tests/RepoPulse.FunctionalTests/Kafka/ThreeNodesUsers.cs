namespace RepoPulse.FunctionalTests.Kafka;

[CollectionDefinition(nameof(ThreeNodesUsers))]
public sealed class ThreeNodesUsers : ICollectionFixture<ThreeNodes>;
