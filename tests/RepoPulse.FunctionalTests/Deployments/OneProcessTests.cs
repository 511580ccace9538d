namespace RepoPulse.FunctionalTests.Deployments;

/// <summary><c>run</c>: collector, aggregator and API in one process.</summary>
public sealed class OneProcessTests() : DeploymentSuite(new ProcessDeployment("run"));
