namespace RepoPulse.FunctionalTests.Deployments;

/// <summary>Three of <c>collect</c> and two of <c>serve</c> on one PostgreSQL database.</summary>
public sealed class PostgresTests()
    : DeploymentSuite(new ProcessDeployment(new PostgresStore(), "collect", "collect", "collect", "serve", "serve"));
