using RepoPulse.FunctionalTests;
using RepoPulse.FunctionalTests.Kafka;
using RepoPulse.TestServers.Postgres;

[assembly: AssemblyFixture(typeof(ThreeNodes))]
[assembly: AssemblyFixture(typeof(SharedPostgres))]

// Most of their time they wait for processes and servers.
[assembly: CollectionBehavior(MaxParallelThreads = 4)]
[assembly: TestCollectionOrderer(typeof(LongestFirst))]
