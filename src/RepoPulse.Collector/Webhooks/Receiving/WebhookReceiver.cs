using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace RepoPulse.Collector.Webhooks;

/// <summary>
/// Receives a body within the time and the memory that one may take, and judges whose it is by what is signed: the body as it was sent.
/// </summary>
internal sealed class WebhookReceiver(WebhookOptions options, BodyMemoryBudget budget, TimeProvider time)
{
    private readonly WebhookSignature _signature = new(options.Secret);

    /// <summary>A proven body, to be disposed of once it has been dealt with; or why there is none.</summary>
    public async ValueTask<(ReceivedBody? Body, ReadOnlyMemory<byte> Content, WebhookResponse Refusal)> ReceiveAsync(
        HttpRequest request, byte[] signature, CancellationToken cancellationToken)
    {
        if (request.ContentLength > options.MaxBodyBytes)
            return (null, default, TooLarge());
        // The server's own limit is another one. Ours is kept below, where exceeding it has a response.
        if (request.HttpContext.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
            limit.MaxRequestBodySize = null;

        var body = budget.Begin(request.ContentLength);
        try
        {
            if (await ReadAsync(request, body, signature, cancellationToken) is { } refusal)
                return (null, default, refusal);
            if (body.Take() is not { } content)
                return (null, default, Busy());
            var proven = body;
            body = null;
            return (proven, content, default);
        }
        finally
        {
            body?.Dispose();
        }
    }

    /// <summary>Null once the whole body is there and is GitHub's.</summary>
    private async ValueTask<WebhookResponse?> ReadAsync(
        HttpRequest request, ReceivedBody body, byte[] signature, CancellationToken cancellationToken)
    {
        // Of the whole body: a sender that is kept alive by a byte now and then would hold its memory for as long as it likes.
        using var deadline = new CancellationTokenSource(options.BodyTimeout, time);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, deadline.Token, body.Evicted);
        using var hash = _signature.Begin();
        try
        {
            while (true)
            {
                var read = await request.BodyReader.ReadAsync(stop.Token);
                var refusal = Append(body, read.Buffer, hash);
                request.BodyReader.AdvanceTo(read.Buffer.End);
                if (refusal is not null)
                    return refusal;
                if (read.IsCompleted)
                    break;
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            return body.Evicted.IsCancellationRequested ? Busy() : TimedOut();
        }

        return WebhookSignature.Matches(signature, hash)
            ? null
            : new(WebhookOutcome.WrongSignature, "The signature is not that of this body under this server's Webhooks:Secret.");
    }

    private WebhookResponse? Append(ReceivedBody body, in ReadOnlySequence<byte> arrived, IncrementalHash hash)
    {
        if (body.Length + arrived.Length > options.MaxBodyBytes)
            return TooLarge();
        foreach (var part in arrived)
        {
            if (!body.TryAppend(part.Span))
                return Busy();
            hash.AppendData(part.Span);
        }

        return null;
    }

    private WebhookResponse TooLarge() =>
        new(WebhookOutcome.TooLarge, $"The body is larger than {options.MaxBodyBytes} bytes, which is more than GitHub sends.");

    private WebhookResponse Busy() => new(
        WebhookOutcome.Busy,
        string.Create(
            CultureInfo.InvariantCulture,
            $"The bodies under way hold all the memory there is for them, {options.MaxBytesInFlight} bytes " +
            $"(Webhooks:MaxBytesInFlight). Have GitHub deliver it again."));

    private WebhookResponse TimedOut() => new(
        WebhookOutcome.TimedOut,
        string.Create(
            CultureInfo.InvariantCulture,
            $"The body did not arrive within {options.BodyTimeout.TotalSeconds:0.###} s (Webhooks:BodyTimeout). Have GitHub deliver it " +
            $"again."));
}
