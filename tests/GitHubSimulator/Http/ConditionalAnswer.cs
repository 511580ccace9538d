namespace GitHubSimulator.Http;

/// <summary>An answer with an ETag: 304 to whoever has it already.</summary>
internal sealed class ConditionalAnswer(byte[] body) : IResult
{
    private readonly List<KeyValuePair<string, string>> _headers = [];

    /// <summary>Called when the body is about to be sent, and not where 304 is.</summary>
    public Action? Sending { get; init; }

    /// <summary>Not part of a 304.</summary>
    public string? Link { get; init; }

    public ConditionalAnswer With(string header, string value)
    {
        _headers.Add(new(header, value));
        return this;
    }

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var exchange = Exchange.Of(httpContext);
        var tag = EntityTag.Of(exchange, body);
        var response = httpContext.Response;
        response.Headers.ETag = tag;
        response.Headers.CacheControl = exchange.User is null ? "public, max-age=60, s-maxage=60" : "private, max-age=60, s-maxage=60";
        response.Headers.Vary = "Accept, Authorization, Cookie, X-GitHub-OTP, Accept-Encoding";
        foreach (var (name, value) in _headers)
            response.Headers[name] = value;
        if (EntityTag.Matches(exchange.IfNoneMatch, tag))
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }

        response.ContentType = "application/json; charset=utf-8";
        if (Link is not null)
            response.Headers.Link = Link;
        Sending?.Invoke();
        response.ContentLength = body.Length;
        await response.Body.WriteAsync(body, httpContext.RequestAborted);
    }
}
