using RepoPulse.TestServers.Postgres;

[assembly: AssemblyFixture(typeof(SharedPostgres))]
