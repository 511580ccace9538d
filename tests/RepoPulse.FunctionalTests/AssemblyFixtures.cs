using RepoPulse.FunctionalTests.Kafka;
using RepoPulse.TestServers.Postgres;

[assembly: AssemblyFixture(typeof(ThreeNodes))]
[assembly: AssemblyFixture(typeof(SharedPostgres))]
