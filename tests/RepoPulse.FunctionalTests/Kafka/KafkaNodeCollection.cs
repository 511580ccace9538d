namespace RepoPulse.FunctionalTests.Kafka;

/// <summary>Runs when all else is over: it ends nodes of the Kafka that others use.</summary>
[CollectionDefinition(nameof(KafkaNodeCollection), DisableParallelization = true)]
public sealed class KafkaNodeCollection;
