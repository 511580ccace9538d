using RepoPulse.FunctionalTests.Deployments;
using RepoPulse.FunctionalTests.Services;
using RepoPulse.TestServers.Postgres;

namespace RepoPulse.FunctionalTests.Postgres;

/// <summary>Three collectors and two APIs on a PostgreSQL server.</summary>
public abstract class PostgresServicesTest : ServicesTest
{
    private protected LocalPostgres Server { get; private set; } = null!;

    /// <summary>So few that they can all be taken.</summary>
    protected virtual int MaxConnections => 100;

    private protected override async Task<ProcessDeployment> DeployAsync()
    {
        Server = await SharedPostgres.StartAnotherAsync(new() { MaxConnections = MaxConnections }, Cancellation);
        return new(new PostgresStore(Server), "collect", "collect", "collect", "serve", "serve");
    }

    private protected override async ValueTask EndServersAsync()
    {
        if (Server is not null)
            await Server.DisposeAsync();
    }
}
