namespace RepoPulse.Simulation;

/// <summary>A GitHub that does not say what time it is.</summary>
internal sealed class Dateless(HttpMessageHandler gitHub) : DelegatingHandler(gitHub)
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var response = await base.SendAsync(request, cancellationToken);
        response.Headers.Date = null;
        return response;
    }
}
