using GitHubSimulator.Faults;
using GitHubSimulator.World;
using Microsoft.Extensions.Primitives;

namespace GitHubSimulator.Http;

/// <summary>Serves the API through ASP.NET Core.</summary>
internal static class AspNetTransport
{
    public static void UseGitHub(this WebApplication app, GitHubWorld world)
    {
        var api = new GitHubApi(world);
        app.UseResponseCompression();
        app.Run(context => ServeAsync(api, context));
    }

    private static async Task ServeAsync(GitHubApi api, HttpContext context)
    {
        try
        {
            var (exchange, answer) = await api.AnswerAsync(Read(context), context.RequestAborted);
            if (answer.Fate == AnswerFate.Cut)
            {
                exchange.Sent(answer);
                context.Abort();
                return;
            }

            await SendAsync(exchange, answer, context);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // The client went away; there is nobody to respond to.
        }
    }

    private static ApiRequest Read(HttpContext context)
    {
        var request = context.Request;
        return ApiRequest.Create(
            request.Method, $"{request.Scheme}://{request.Host}", request.Path.Value ?? "", request.QueryString.Value ?? "") with
        {
            Address = context.Connection.RemoteIpAddress?.ToString() ?? "127.0.0.1",
            Authorization = Header(request.Headers.Authorization),
            UserAgent = Header(request.Headers.UserAgent),
            Accept = Header(request.Headers.Accept),
            ApiVersion = Header(request.Headers["X-GitHub-Api-Version"]),
            IfNoneMatch = Header(request.Headers.IfNoneMatch),
        };
    }

    private static string? Header(StringValues values) => values.Count == 0 ? null : values.ToString();

    private static async Task SendAsync(Exchange exchange, ApiAnswer answer, HttpContext context)
    {
        var response = context.Response;
        response.StatusCode = answer.Status;
        foreach (var (name, value) in answer.Headers)
            response.Headers[name] = value;
        if (answer.ContentType is not null)
            response.ContentType = answer.ContentType;
        if (answer.Body.IsEmpty)
        {
            exchange.Sent(answer);
            return;
        }

        response.ContentLength = answer.Body.Length;
        if (answer.Fate == AnswerFate.HalfSent)
        {
            await response.Body.WriteAsync(answer.Body[..(answer.Body.Length / 2)], context.RequestAborted);
            await response.Body.FlushAsync(context.RequestAborted);
            exchange.Sent(answer);
            context.Abort();
            return;
        }

        // What went out is recorded before its last byte is: no client can have read it all and not find it recorded.
        await response.Body.WriteAsync(answer.Body[..^1], context.RequestAborted);
        context.RequestAborted.ThrowIfCancellationRequested();
        exchange.Sent(answer);
        await response.Body.WriteAsync(answer.Body[^1..], context.RequestAborted);
    }
}
