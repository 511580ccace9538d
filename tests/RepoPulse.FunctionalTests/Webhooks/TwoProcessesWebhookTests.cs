using RepoPulse.FunctionalTests.Deployments;

namespace RepoPulse.FunctionalTests.Webhooks;

/// <summary><c>collect</c> takes webhooks, and <c>serve</c> counts what they bring.</summary>
public sealed class TwoProcessesWebhookTests() : WebhookSuite(new ProcessDeployment("collect", "serve"));
