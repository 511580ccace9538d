using RepoPulse.TestServers.Kafka;
using RepoPulse.TestServers.Postgres;

[assembly: AssemblyFixture(typeof(SharedKafka))]
[assembly: AssemblyFixture(typeof(SharedPostgres))]

// Most of them wait for servers most of the time.
[assembly: CollectionBehavior(MaxParallelThreads = 8)]
