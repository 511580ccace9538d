namespace RepoPulse.FunctionalTests.Postgres;

public sealed class PostgresStartTests : PostgresServicesTest
{
    [Fact]
    public async Task Services_that_start_before_their_database_say_so_wait_and_work_once_it_is_there()
    {
        // So that there is a database at all once the server is back.
        await Deployment.Store.SettingsAsync("collect");
        await Server.StopAsync(cancellationToken: Cancellation);

        await StartAsync();

        Assert.All(await ReadinessAsync(ready: false), reported => Assert.Contains("read", reported, StringComparison.OrdinalIgnoreCase));
        Assert.All(Deployment.Services, service => Assert.Contains("database", service.Log, StringComparison.OrdinalIgnoreCase));
        await Server.StartAsync(Cancellation);
        await ReadinessAsync(ready: true);
        await AssertWholeAsync();
    }
}
