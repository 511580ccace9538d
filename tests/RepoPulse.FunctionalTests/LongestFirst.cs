using RepoPulse.FunctionalTests.Dashboard;
using RepoPulse.FunctionalTests.Deployments;
using RepoPulse.FunctionalTests.Kafka;
using RepoPulse.FunctionalTests.Postgres;
using RepoPulse.FunctionalTests.Telemetry;
using RepoPulse.FunctionalTests.Webhooks;
using Xunit.Sdk;
using Xunit.v3;

namespace RepoPulse.FunctionalTests;

/// <summary>
/// The collections that take longest begin first, or one of them would run alone at the end while everything waits for it.
/// </summary>
public sealed class LongestFirst : ITestCollectionOrderer
{
    private static readonly Type[] Long =
    [
        typeof(KafkaTests), typeof(PostgresTests), typeof(KafkaKillTests), typeof(KafkaWebhookTests), typeof(PostgresKillTests),
        typeof(TwoProcessesTests),
        typeof(PostgresWebhookTests), typeof(PostgresOutageTests), typeof(PostgresWatchListTests), typeof(MetricsTests),
        typeof(DashboardTests), typeof(OneProcessTests),
    ];

    public IReadOnlyCollection<TTestCollection> OrderTestCollections<TTestCollection>(IReadOnlyCollection<TTestCollection> testCollections)
        where TTestCollection : ITestCollection => [.. testCollections.OrderBy(Rank)];

    private static int Rank<TTestCollection>(TTestCollection collection)
        where TTestCollection : ITestCollection
    {
        // A class without a collection of its own makes one that has its name, with or without an id after it.
        var index = Array.FindIndex(
            Long, type => (collection.TestCollectionDisplayName + " ").Contains($" {type.FullName} ", StringComparison.Ordinal));
        return index < 0 ? Long.Length : index;
    }
}
