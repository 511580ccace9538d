namespace RepoPulse.FunctionalTests.Deployments;

/// <summary><c>collect</c> and <c>serve</c> on one database file.</summary>
public sealed class TwoProcessesTests() : DeploymentSuite(new ProcessDeployment("collect", "serve"));
