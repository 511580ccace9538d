using GitHubSimulator.Faults;
using GitHubSimulator.World;

namespace GitHubSimulator.Http;

/// <summary>
/// GitHub's API over a world, whatever the transport: planned errors, then refusals, then the endpoint. A request that has to wait for
/// nothing is answered before the call returns.
/// </summary>
internal sealed class GitHubApi(GitHubWorld world)
{
    private readonly RequestIds _ids = new(world.Options.Seed);
    private readonly Refusals _refusals = new(world);
    private readonly Router _router = new(world);

    /// <summary>
    /// The response; the transport then calls <see cref="Exchange.Sent"/>, or <see cref="Exchange.Abandoned"/> if the client has gone.
    /// </summary>
    public async ValueTask<(Exchange Exchange, ApiAnswer Answer)> AnswerAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        var exchange = new Exchange(world, request, _ids.Next(world.Time.GetUtcNow()));
        try
        {
            var weather = exchange.Weather;
            await DelayAsync(weather.Latency / 2, cancellationToken);
            exchange.Arrive();
            var fault = world.Faults.Take(exchange.Facts) ?? weather.Fault;
            if (fault is not null)
                await MeetAsync(fault, exchange, cancellationToken);
            var answer = fault is { Status: > 0 } or { Fate: AnswerFate.Cut } ? fault.ToAnswer() : Answer(exchange);
            answer = fault is null ? answer : answer.Meeting(fault.Fate);
            exchange.Settle(answer);
            await DelayAsync(weather.Latency / 2, cancellationToken);
            return (exchange, answer);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            exchange.Abandoned();
            throw;
        }
    }

    private ApiAnswer Answer(Exchange exchange)
    {
        exchange.IsRight = true;
        return _refusals.Find(exchange) ?? _router.Answer(exchange);
    }

    private async ValueTask MeetAsync(Fault fault, Exchange exchange, CancellationToken cancellationToken)
    {
        await fault.Until.WaitAsync(cancellationToken);
        await DelayAsync(fault.Wait, cancellationToken);
        if (fault.Penalty > TimeSpan.Zero)
            exchange.Account.Secondary.Shut(world.Time.GetUtcNow() + fault.Penalty);
    }

    /// <summary>Goes on in the call that moves the clock or cancels; after <c>Task.Delay</c> a cancelled wait goes on elsewhere.</summary>
    private async ValueTask DelayAsync(TimeSpan wait, CancellationToken cancellationToken)
    {
        if (wait <= TimeSpan.Zero)
            return;
        var over = new TaskCompletionSource();
        await using var cancellation = cancellationToken.UnsafeRegister(
            static (state, token) => ((TaskCompletionSource)state!).TrySetCanceled(token), over);
        await using var timer = world.Time.CreateTimer(
            static state => ((TaskCompletionSource)state!).TrySetResult(), over, wait, Timeout.InfiniteTimeSpan);
        await over.Task;
    }
}
