namespace GitHubSimulator.Http;

/// <summary>An answer with a status and JSON.</summary>
internal sealed class JsonAnswer(int status, byte[] body) : IResult
{
    private readonly List<KeyValuePair<string, string>> _headers = [];

    public JsonAnswer With(string header, string value)
    {
        _headers.Add(new(header, value));
        return this;
    }

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.StatusCode = status;
        response.ContentType = "application/json; charset=utf-8";
        foreach (var (name, value) in _headers)
            response.Headers[name] = value;
        response.ContentLength = body.Length;
        await response.Body.WriteAsync(body, httpContext.RequestAborted);
    }
}
