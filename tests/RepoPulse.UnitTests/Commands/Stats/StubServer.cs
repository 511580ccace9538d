using System.Net;
using System.Text;

namespace RepoPulse.UnitTests.Commands.Stats;

/// <summary>Responds to requests by a function, and notes them.</summary>
internal sealed class StubServer(Func<Uri, (HttpStatusCode Status, string Body)> answer) : HttpMessageHandler
{
    public List<(string Url, string? Authorization)> Requests { get; } = [];

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Requests.Add((request.RequestUri!.AbsoluteUri, request.Headers.Authorization?.ToString()));
        var (status, body) = answer(request.RequestUri);
        return Task.FromResult(new HttpResponseMessage(status) { Content = new StringContent(body, Encoding.UTF8, "application/json") });
    }
}
