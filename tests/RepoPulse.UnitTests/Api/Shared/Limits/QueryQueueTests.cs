using System.Net;
using Microsoft.Extensions.Time.Testing;
using RepoPulse.Api;
using RepoPulse.Api.Metrics;
using RepoPulse.UnitTests.Api.Support;

namespace RepoPulse.UnitTests.Api.Shared.Limits;

public sealed class QueryQueueTests : IDisposable
{
    private readonly FakeTimeProvider _time = new(Some.Now);
    private readonly MeasuringMeterFactory _meters = new();
    private readonly QueryQueue _queue;

    public QueryQueueTests() => _queue = new QueryQueue(1, _time, new ApiMetrics(_meters));

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Clients_have_their_turns_one_after_another_however_much_one_asks()
    {
        var turn = await EnterAsync(1);
        var waiting = new List<(string Name, Task<QueryQueue.Turn> Turn)>();
        foreach (var (client, name) in new[] { (1, "a1"), (1, "a2"), (1, "a3"), (2, "b1"), (2, "b2"), (3, "c1") })
            waiting.Add((name, EnterAsync(client)));

        var order = new List<string>();
        while (waiting.Count > 0)
        {
            turn.Dispose();
            turn = await await Task.WhenAny(waiting.Select(place => place.Turn));
            var had = Assert.Single(waiting, place => place.Turn.IsCompleted);
            order.Add(had.Name);
            waiting.Remove(had);
        }

        Assert.Equal(["a1", "b1", "c1", "a2", "b2", "a3"], order);
        turn.Dispose();
        (await EnterAsync(9)).Dispose();
    }

    [Fact]
    public async Task One_who_has_gone_takes_nobodys_turn()
    {
        var turn = await EnterAsync(1);
        using var gone = new CancellationTokenSource();
        var leaving = _queue.EnterAsync(Client(2), gone.Token).AsTask();
        var staying = EnterAsync(3);
        await gone.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => leaving);

        turn.Dispose();
        turn.Dispose();

        (await staying).Dispose();
        var again = await EnterAsync(2);
        Assert.False(EnterAsync(2).IsCompleted);
        again.Dispose();
    }

    [Fact]
    public async Task Who_would_wait_for_longer_than_30_seconds_is_refused()
    {
        var turn = await EnterAsync(1);
        var waiting = EnterAsync(2);
        _time.Advance(QueryQueue.MaxWait - TimeSpan.FromMilliseconds(1));
        Assert.False(waiting.IsCompleted);

        _time.Advance(TimeSpan.FromMilliseconds(1));

        await Assert.ThrowsAsync<OverloadedException>(() => waiting);
        Assert.Equal(1, _meters.Measured["repopulse.api.requests.refused{reason=wait}"]);
        turn.Dispose();
        (await EnterAsync(2)).Dispose();
    }

    [Fact]
    public async Task So_many_of_one_client_wait_and_no_more()
    {
        using var turn = await EnterAsync(1);
        _ = Fill(1);

        await Assert.ThrowsAsync<OverloadedException>(() => EnterAsync(1));
        Assert.False(EnterAsync(2).IsCompleted);
        Assert.Equal(1, _meters.Measured["repopulse.api.requests.refused{reason=queue}"]);
    }

    [Fact]
    public async Task Where_all_places_are_taken_the_newest_of_who_has_most_makes_room()
    {
        using var turn = await EnterAsync(1);
        var crowd = Enumerable.Range(1, QueryQueue.MaxWaiting / QueryQueue.MaxWaitingOfClient).SelectMany(Fill).ToList();

        var ordinary = EnterAsync(99);

        var refused = await Task.WhenAny(crowd);
        Assert.Equal(1, crowd.Count(waiting => waiting.IsCompleted));
        Assert.False(ordinary.IsCompleted);
        await Assert.ThrowsAsync<OverloadedException>(() => refused);
        Assert.Equal(0, crowd.IndexOf(refused) % QueryQueue.MaxWaitingOfClient - (QueryQueue.MaxWaitingOfClient - 1));
    }

    public void Dispose() => _meters.Dispose();

    private static Client Client(int number) => RepoPulse.Api.Client.Of(-1, new IPAddress([10, 0, 0, (byte)number]));

    private Task<QueryQueue.Turn> EnterAsync(int client) => _queue.EnterAsync(Client(client), Cancellation).AsTask();

    private List<Task<QueryQueue.Turn>> Fill(int client) =>
        [.. Enumerable.Range(0, QueryQueue.MaxWaitingOfClient).Select(_ => EnterAsync(client))];
}
