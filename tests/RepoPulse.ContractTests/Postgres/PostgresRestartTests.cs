using Microsoft.Extensions.Time.Testing;
using RepoPulse.ContractTests.Storage;
using RepoPulse.Sql.Postgres;
using RepoPulse.TestServers.Postgres;

namespace RepoPulse.ContractTests.Postgres;

public sealed class PostgresRestartTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_restarted_server_is_used_again_and_holds_what_was_acknowledged()
    {
        await using var server = await SharedPostgres.StartAnotherAsync(new PostgresServerOptions(), Cancellation);
        await using var store = PostgresStorage.Open(
            new PostgresOptions { ConnectionString = server.ConnectionString, RetentionPeriod = TimeSpan.FromDays(7) },
            new FakeTimeProvider(Sample.Noon));
        await store.AppendAsync(Sample.Events(1, 500));
        await store.FollowAsync(LogPosition.Start);

        await server.RestartAsync(immediate: true, Cancellation);
        // The pool holds connections of the server before: nobody is to notice.
        Assert.Equal(new AppendResult(1, 0), await store.AppendAsync(Sample.Event(501)));
        Assert.Equal(501, (await store.FollowAsync(LogPosition.Start, includeJson: true)).Events.Count);

        await server.StopAsync();
        var fault = await Assert.ThrowsAsync<StorageException>(() => store.AppendAsync(Sample.Event(502)));
        Assert.True(fault.IsTransient);
        Assert.Contains("cannot be reached", fault.Message, StringComparison.Ordinal);
        await server.StartAsync(Cancellation);
        Assert.Equal(new AppendResult(1, 0), await store.AppendAsync(Sample.Event(502)));
    }
}
