using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.Metrics.Testing;
using RepoPulse.Api;
using RepoPulse.UnitTests.Api.Support;

namespace RepoPulse.UnitTests.Api.Streaming;

public sealed class StreamVisibilityTests
{
    [Fact]
    public async Task Of_a_hidden_repository_nothing_is_sent_and_ids_say_nothing()
    {
        var log = new FakeLog();
        await using var server = await StartAsync(log);
        await using var client = await server.StreamAsync();
        await using var asking = await server.StreamAsync("?repository=secret/one");
        for (var i = 0; i < 300; i++)
            log.Append(Some.Event(11, 1000 + i, Some.Now));
        await server.PublishAsync(Some.Figures(11, 300), Some.Figures(1, 1));
        log.Append(Some.Event(1, 1, Some.Now));

        Assert.Equal("statistics", (await client.NextAsync())?.EventType);
        Assert.Equal(["1"], await client.EventsAsync(1));
        var length = client.LastId.Length;
        log.Append([.. Enumerable.Range(2, 5).Select(i => Some.Event(1, i, Some.Now))]);
        var ids = new HashSet<string>(StringComparer.Ordinal) { client.LastId };
        for (var i = 0; i < 5; i++)
        {
            await client.EventsAsync(1);
            Assert.True(ids.Add(client.LastId));
            Assert.Equal(length, client.LastId.Length);
        }

        await server.Catalog.PutAsync(Some.Repository(11, "octo/one", "secret/one"));
        log.Append(Some.Event(11, 2000, Some.Now));
        Assert.Equal(["2000"], await asking.EventsAsync(1));
    }

    [Fact]
    public async Task Hidden_is_judged_by_the_name_at_the_time_of_sending()
    {
        var log = new FakeLog();
        await using var server = await StartAsync(log);
        await using var client = await server.StreamAsync();
        log.Append([.. Enumerable.Range(1, 10).Select(i => Some.Event(2, i, Some.Now))]);
        await client.EventsAsync(10);
        var first = client.LastId;
        await using var again = await server.StreamAsync("", first);

        // What the log holds with an event is known before the event is: the name that hides it.
        server.Catalog.Hold(Some.Repository(2, "secret/two", "octo/other"));
        log.Append(Some.Event(2, 11, Some.Now), Some.Event(1, 12, Some.Now));

        Assert.Equal(["12"], await client.EventsAsync(1));
        Assert.Equal(["12"], await again.EventsAsync(1));
    }

    [Fact]
    public async Task A_repository_that_nobody_knew_is_sent_with_its_first_event()
    {
        var log = new FakeLog();
        await using var server = await StartAsync(log);
        await using var client = await server.StreamAsync();
        server.Catalog.Hold(Some.Repository(5, "octo/new"));
        log.Append(Some.Event(5, 1, Some.Now));
        Assert.Equal(["1"], await client.EventsAsync(1));

        // Where the catalog does not know it yet, the event's own name decides.
        log.Append(
            Some.Event(6, 2, Some.Now) with { Repository = RepositoryName.Parse("secret/new") },
            Some.Event(7, 3, Some.Now) with { Repository = RepositoryName.Parse("octo/newer") });
        Assert.Equal(["3"], await client.EventsAsync(1));
    }

    [Fact]
    public async Task What_is_repeated_of_a_hidden_repository_is_not_counted()
    {
        var log = new FakeLog();
        await using var server = await StartAsync(log);
        using var counted = new MetricCollector<long>(
            server.Services.GetRequiredService<IMeterFactory>(), "RepoPulse.Api", "repopulse.api.stream.events.repeated");
        await using var client = await server.StreamAsync();
        var polled = Some.Event(11, 102, Some.Now);
        log.Append(Some.Event(11, 100, Some.Now), Some.Event(11, 101, Some.Now));
        log.AppendTo(0, [new Supersession(polled.RepositoryId, polled.Type, Some.Event(11, 101, Some.Now).Key, polled.Key)], Some.Event(
            11, 100, Some.Now), polled, Some.Event(1, 1, Some.Now));
        Assert.Equal(["1"], await client.EventsAsync(1));
        Assert.Empty(counted.GetMeasurementSnapshot());

        log.Append(Some.Event(1, 1, Some.Now), Some.Event(1, 2, Some.Now));
        Assert.Equal(["2"], await client.EventsAsync(1));
        Assert.Equal(1, counted.GetMeasurementSnapshot().EvaluateAsCounter());
    }

    private static async Task<ApiServer> StartAsync(FakeLog log)
    {
        var server = await ApiServer.StartAsync(new ApiOptions { Repositories = ["*", "!secret/*"] }, log: log);
        await server.Catalog.PutAsync(
            Some.Repository(1, "octo/pulse"), Some.Repository(2, "octo/other"), Some.Repository(11, "secret/one"));
        return server;
    }
}
