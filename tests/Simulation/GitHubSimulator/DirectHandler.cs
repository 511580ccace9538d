using System.Net;
using GitHubSimulator.Faults;
using GitHubSimulator.Http;
using GitHubSimulator.World;

namespace GitHubSimulator;

/// <summary>
/// Serves a client's requests from a world in the client's own call, without a server. A request that has to wait for nothing is served
/// before <c>SendAsync</c> returns, and one that waits goes on in the call that advances the world's clock: with a clock that stands until
/// it is advanced, everything happens on one thread and in one order. Nothing is compressed and no redirect is followed.
/// </summary>
public sealed class DirectHandler(GitHubWorld world) : HttpMessageHandler
{
    private readonly GitHubApi _api = new(world);

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var (exchange, answer) = await _api.AnswerAsync(Read(request), cancellationToken);
        exchange.Sent(answer);
        if (answer.Fate == AnswerFate.Cut)
            throw new HttpRequestException(HttpRequestError.ResponseEnded, "The connection was cut before an answer came.", new IOException(
                "The connection was cut."));
        return ToResponse(answer, request);
    }

    private static ApiRequest Read(HttpRequestMessage request)
    {
        var url = request.RequestUri ?? throw new InvalidOperationException("A request needs an address.");
        var headers = request.Headers.NonValidated;
        return ApiRequest.Create(
            request.Method.Method, url.GetLeftPart(UriPartial.Authority), Uri.UnescapeDataString(url.AbsolutePath), url.Query) with
        {
            Authorization = Header("Authorization"),
            UserAgent = Header("User-Agent"),
            Accept = Header("Accept"),
            ApiVersion = Header("X-GitHub-Api-Version"),
            IfNoneMatch = Header("If-None-Match"),
        };

        string? Header(string name) => headers.TryGetValues(name, out var values) ? values.ToString() : null;
    }

    private static HttpResponseMessage ToResponse(ApiAnswer answer, HttpRequestMessage request)
    {
        var response = new HttpResponseMessage((HttpStatusCode)answer.Status)
        {
            RequestMessage = request,
            Content = answer.Fate == AnswerFate.HalfSent ? new HalfSentContent(answer.Body) : new ReadOnlyMemoryContent(answer.Body),
        };
        foreach (var (name, value) in answer.Headers)
            response.Headers.TryAddWithoutValidation(name, value);
        if (answer.ContentType is not null)
            response.Content.Headers.TryAddWithoutValidation("Content-Type", answer.ContentType);
        return response;
    }
}
