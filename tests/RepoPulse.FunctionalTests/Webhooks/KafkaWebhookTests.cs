using RepoPulse.FunctionalTests.Deployments;

namespace RepoPulse.FunctionalTests.Webhooks;

/// <summary>Either of two collectors takes webhooks into Kafka, and both APIs count what they bring.</summary>
public sealed class KafkaWebhookTests() : WebhookSuite(new ProcessDeployment(
    new KafkaStore(new PostgresStore()), "collect", "collect", "aggregate", "aggregate", "serve", "serve", "archive"));
