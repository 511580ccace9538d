using GitHubSimulator.Faults;
using GitHubSimulator.World;

namespace GitHubSimulator.Http;

/// <summary>What every request passes: planned faults, then refusals, then its endpoint; and what every answer carries.</summary>
internal sealed class RequestGate(GitHubWorld world)
{
    private readonly RequestIds _ids = new(world.Options.Seed);
    private readonly Refusals _refusals = new(world);

    public async Task PassAsync(HttpContext context, RequestDelegate next)
    {
        var exchange = new Exchange(world, context, _ids.Next(world.Time.GetUtcNow()));
        context.Response.OnStarting(() =>
        {
            exchange.Settle();
            return Task.CompletedTask;
        });
        try
        {
            if (world.Faults.Take(exchange.Facts) is { } fault && await HappensAsync(fault, context, exchange))
                return;
            if (_refusals.Find(exchange) is { } refusal)
                await refusal.ExecuteAsync(context);
            else
                await next(context);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // The client went away; nothing is left to answer.
            exchange.SettleAborted();
        }
    }

    /// <summary>Returns whether the request is done with.</summary>
    private async Task<bool> HappensAsync(Fault fault, HttpContext context, Exchange exchange)
    {
        await fault.Until.WaitAsync(context.RequestAborted);
        if (fault.Wait > TimeSpan.Zero)
            await Task.Delay(fault.Wait, world.Time, context.RequestAborted);
        if (fault.IsAbort)
        {
            exchange.SettleAborted();
            context.Abort();
            return true;
        }

        if (fault.Status == 0)
            return false;
        foreach (var (name, value) in fault.Headers)
            context.Response.Headers[name] = value;
        await Results.Text(fault.Body, fault.ContentType, statusCode: fault.Status).ExecuteAsync(context);
        return true;
    }
}
