using RepoPulse.FunctionalTests.Deployments;

namespace RepoPulse.FunctionalTests.Webhooks;

/// <summary>Any of three collectors takes webhooks, and both APIs count what they bring.</summary>
public sealed class PostgresWebhookTests()
    : WebhookSuite(new ProcessDeployment(new PostgresStore(), "collect", "collect", "collect", "serve", "serve"));
