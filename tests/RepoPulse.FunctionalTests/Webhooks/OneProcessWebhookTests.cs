using RepoPulse.FunctionalTests.Deployments;

namespace RepoPulse.FunctionalTests.Webhooks;

/// <summary><c>run</c> takes webhooks where its API responds.</summary>
public sealed class OneProcessWebhookTests() : WebhookSuite(new ProcessDeployment("run"));
