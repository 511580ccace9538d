using RepoPulse.TestServers.Kafka;
using RepoPulse.TestServers.Postgres;

[assembly: AssemblyFixture(typeof(SharedKafka))]
[assembly: AssemblyFixture(typeof(SharedPostgres))]
