using System.Text.Json;

namespace RepoPulse.SimulationTests.Lesser;

/// <summary>
/// Stands between the collector and GitHub and makes it read feeds as a lesser one would: where the lesser one would stop, the next page is
/// not named any more. Redirects, conditions and everything else pass as they are.
/// </summary>
internal abstract class LesserCollector(HttpMessageHandler gitHub) : DelegatingHandler(gitHub)
{
    protected sealed override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var path = request.RequestUri!.AbsolutePath;
        var isFeed = path.EndsWith("/events", StringComparison.Ordinal);
        return isFeed ? await ReadAsync(request, path, cancellationToken) : await base.SendAsync(request, cancellationToken);
    }

    protected abstract Task<HttpResponseMessage> ReadAsync(HttpRequestMessage request, string feed, CancellationToken cancellationToken);

    protected Task<HttpResponseMessage> AskAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
        base.SendAsync(request, cancellationToken);

    protected static HttpResponseMessage Stop(HttpResponseMessage answer)
    {
        answer.Headers.Remove("Link");
        return answer;
    }

    /// <summary>The ids of a response's events, in its order; none where it is no page.</summary>
    protected static async Task<List<string>> IdsAsync(HttpResponseMessage answer, CancellationToken cancellationToken)
    {
        if (!answer.IsSuccessStatusCode)
            return [];
        try
        {
            await answer.Content.LoadIntoBufferAsync(cancellationToken);
            using var page = JsonDocument.Parse(await answer.Content.ReadAsByteArrayAsync(cancellationToken));
            return page.RootElement.ValueKind != JsonValueKind.Array
                ? []
                : [.. page.RootElement
                    .EnumerateArray()
                    .Where(row => row.ValueKind == JsonValueKind.Object && row.TryGetProperty("id", out _))
                    .Select(row => row.GetProperty("id").ToString())];
        }
        catch (Exception e) when (e is JsonException or HttpRequestException or IOException)
        {
            return [];
        }
    }
}
