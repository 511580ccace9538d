using Microsoft.AspNetCore.Http;

namespace RepoPulse.Api.Metrics;

/// <summary>
/// Sends the metrics once they are all collected. The exporter writes them itself, and collects again for nobody until a slow client has
/// taken them.
/// </summary>
internal sealed class MetricsResponse(ResponseMemory memory) : IDisposable
{
    private readonly SemaphoreSlim _turn = new(1);

    public async Task InvokeAsync(HttpContext context, RequestDelegate collect)
    {
        using var response = memory.Open(context);
        using var collected = new MemoryStream();

        // One at a time until there is room for it: else many at once would each hold their metrics while they wait.
        await _turn.WaitAsync(context.RequestAborted);
        try
        {
            var body = context.Response.Body;
            context.Response.Body = collected;
            try
            {
                await collect(context);
            }
            finally
            {
                context.Response.Body = body;
            }

            await response.HoldAsync(collected.Length);
        }
        finally
        {
            _turn.Release();
        }

        await response.WriteAsync(collected.GetBuffer().AsMemory(0, (int)collected.Length), response.Gone);
        await response.FlushAsync(response.Gone);
    }

    public void Dispose() => _turn.Dispose();
}
