namespace RepoPulse.FunctionalTests.Deployments;

/// <summary>Two each of <c>collect</c>, <c>aggregate</c> and <c>serve</c> over Kafka, and one <c>archive</c> into PostgreSQL.</summary>
public sealed class KafkaTests() : DeploymentSuite(new ProcessDeployment(
    new KafkaStore(new PostgresStore()), "collect", "collect", "aggregate", "aggregate", "serve", "serve", "archive"));
