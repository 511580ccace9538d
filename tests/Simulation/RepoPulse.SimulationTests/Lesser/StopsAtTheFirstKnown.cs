namespace RepoPulse.SimulationTests.Lesser;

/// <summary>Reads on until it meets an event that it has seen before.</summary>
internal sealed class StopsAtTheFirstKnown(HttpMessageHandler gitHub) : LesserCollector(gitHub)
{
    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);

    protected override async Task<HttpResponseMessage> ReadAsync(
        HttpRequestMessage request, string feed, CancellationToken cancellationToken)
    {
        var answer = await AskAsync(request, cancellationToken);
        var isNew = true;
        foreach (var id in await IdsAsync(answer, cancellationToken))
            isNew &= _seen.Add($"{feed} {id}");
        return isNew && (int)answer.StatusCode != 304 ? answer : Stop(answer);
    }
}
