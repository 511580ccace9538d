namespace RepoPulse.FunctionalTests.Postgres;

public sealed class PostgresConnectionLimitTests : PostgresServicesTest
{
    protected override int MaxConnections => 40;

    [Fact]
    public async Task Others_take_every_connection_for_a_while_and_nothing_is_lost_or_counted_twice()
    {
        await StartAsync();
        SimulatedActivity.Start();
        await PolledAsync(times: 2);

        await using (await TakenConnections.TakeAllAsync(Server.ConnectionString, Cancellation))
            await ReadinessAsync(ready: false);

        await ReadinessAsync(ready: true);
        await PolledAsync(times: 2);
        await AssertWholeAsync();
    }
}
