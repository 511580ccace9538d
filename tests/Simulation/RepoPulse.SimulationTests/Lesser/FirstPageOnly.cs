namespace RepoPulse.SimulationTests.Lesser;

/// <summary>Reads the first page and no other.</summary>
internal sealed class FirstPageOnly(HttpMessageHandler gitHub) : LesserCollector(gitHub)
{
    protected override async Task<HttpResponseMessage> ReadAsync(
        HttpRequestMessage request, string feed, CancellationToken cancellationToken)
        => Stop(await AskAsync(request, cancellationToken));
}
