using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;
using Microsoft.Extensions.Hosting;
using RepoPulse.Api.Health;
using RepoPulse.Api.Metrics;
using RepoPulse.Api.View;

namespace RepoPulse.Api.Streaming;

/// <summary>What happens, as it happens.</summary>
internal static class StreamEndpoints
{
    public const string MediaType = "text/event-stream";
    private const string LastEventId = "Last-Event-ID";

    /// <summary>A stream that its client has left is noticed within seconds.</summary>
    private static readonly TimeSpan RetryWhenFull = TimeSpan.FromSeconds(10);

    public static void MapStream(this IEndpointRouteBuilder routes) =>
        routes.MapMethods("/api/v1/stream", StoreRead.Methods, GetAsync)
            .Describe(
                "getStream", "Stream", "Events and statistics as they come",
                "Server-sent events. `event: event` is an event as GitHub sent it, in one line of JSON, once it is stored; `event: " +
                "statistics` the document of a "
                + "repository whose statistics changed, as /statistics has it, at most once a second for each; `event: gap` says, " +
                    "after a resumption, between which "
                + "times events may be missing, because the id was older than what is sure to be held. Every message has an id, and so " +
                    "has the comment that "
                + "comes every 15 s. A client that reads too slowly is disconnected, and resumes after the last id that it read.")
            .Takes(Parameters.RepositoryOfStream, Parameters.EventTypeOfStream, Parameters.LastEventId)
            .WithMetadata(new ReadinessGate.NeedsView())
            .Produces<string>(contentType: MediaType)
            .Refuses(StatusCodes.Status401Unauthorized)
            .Refuses(StatusCodes.Status429TooManyRequests)
            .Refuses(StatusCodes.Status503ServiceUnavailable);

    private static async Task GetAsync(
        HttpContext context,
        StatisticsView view,
        StreamLog log,
        StreamBuffer buffer,
        StreamFollower follower,
        ApiOptions options,
        ApiMetrics metrics,
        TimeProvider time, IHostApplicationLifetime lifetime, StreamSlots slots, ClientIdentity clients, ResponseMemory memory)
    {
        var client = clients.Of(context);
        if (slots.TryEnter(client) is not StreamSlots.Outcome.Entered and var outcome)
        {
            await RefuseAsync(context, outcome, options, metrics);
            return;
        }

        try
        {
            await ReadAsync(context, view, log, buffer, follower, options, metrics, time, lifetime, memory);
        }
        finally
        {
            slots.Leave(client);
        }
    }

    private static async Task ReadAsync(
        HttpContext context,
        StatisticsView view,
        StreamLog log,
        StreamBuffer buffer,
        StreamFollower follower,
        ApiOptions options,
        ApiMetrics metrics,
        TimeProvider time, IHostApplicationLifetime lifetime, ResponseMemory memory)
    {
        var ended = context.RequestAborted;
        var query = new QueryReader(context.Request.Query);
        var filter = new StreamFilter(view, query.Read(Parameters.RepositoryOfStream), query.Read(Parameters.EventTypeOfStream));
        var ids = await log.GetIdsAsync(ended);
        var end = await log.ReadEndAsync(ended);
        var last = ReadLastId(context.Request, query, ids, end);
        if (query.Errors.Count > 0)
        {
            await Problems.WrongParametersAsync(context, query.Errors);
            return;
        }

        Begin(context);
        if (HttpMethods.IsHead(context.Request.Method))
            return;

        using var dropped = new CancellationTokenSource();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(ended, lifetime.ApplicationStopping, dropped.Token);
        var reader = new StreamSubscription(dropped);
        using var response = memory.Open(context);
        try
        {
            await buffer.EnterAsync(reader, stop.Token);
            var writer = new MessageWriter(response);
            var stream = new StreamSession(log, buffer, ids, filter, response, follower.RecentlySent, metrics, time);
            if (last is { } place)
            {
                var after = StreamGap.Close(place, end, options.Window.Duration, time.GetUtcNow(), out var gap);
                writer.WriteStart(ids.Encode(after));
                if (gap is not null)
                    writer.WriteGap(ids.Encode(after), gap);
                await writer.FlushAsync(stop.Token);
                await stream.ResumeAsync(reader, after, stop.Token);
            }
            else
            {
                writer.WriteStart(ids.Encode(buffer.JoinEnd(reader)));
                await writer.FlushAsync(stop.Token);
                await stream.FollowAsync(reader, stop.Token);
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // Gone, or the server ends: then the response ends well. Only one that was too slow is cut off, since it would not take the end
            // either.
            if (dropped.IsCancellationRequested)
                context.Abort();
        }
        catch (StorageException e) when (e.IsTransient)
        {
            // What the follower reports. The reader comes back with its last id, and waits for the store then.
            context.Abort();
        }
        catch (OperationCanceledException e) when (e.CancellationToken == ended)
        {
            // The client is gone: nobody is left to respond to.
        }
        finally
        {
            buffer.Leave(reader);
            if (response.IsCut && !dropped.IsCancellationRequested)
                metrics.ReaderDropped();
        }
    }

    private static Task RefuseAsync(HttpContext context, StreamSlots.Outcome outcome, ApiOptions options, ApiMetrics metrics)
    {
        if (outcome == StreamSlots.Outcome.TooMany)
        {
            metrics.RequestRefused("streams");
            return Problems.UnavailableAsync(
                context, RetryWhenFull, $"All of the {options.MaxStreams} streams are taken that this server keeps open at a time.");
        }

        metrics.RequestRefused("streams_of_client");
        return Problems.TooManyAsync(
            context,
            RetryWhenFull,
            $"{options.MaxStreamsPerClient} streams of one client are allowed at a time, and yours are open. Close one first.");
    }

    private static void Begin(HttpContext context)
    {
        var response = context.Response;
        response.ContentType = MediaType;
        response.Headers.CacheControl = "no-store";

        // nginx would collect messages until a buffer is full.
        response.Headers["X-Accel-Buffering"] = "no";

        // How slow is too slow is for the buffer and the writer to say: a client that pauses for seconds finds in the buffer what it
        // missed.
        if (context.Features.Get<IHttpMinResponseDataRateFeature>() is { } rate)
            rate.MinDataRate = null;
    }

    /// <summary>Null where none is given: the stream begins now.</summary>
    private static StreamStart? ReadLastId(HttpRequest request, QueryReader query, StreamIds ids, LogPosition end)
    {
        var given = request.Headers[LastEventId];
        if (given is [] or [""])
            return null;
        if (given is [{ } text] && ids.TryDecode(text, out var place) && StreamGap.IsOfLog(place.Position, end))
            return place;
        query.Reject(
            LastEventId,
            $"{LastEventId} is '{QueryReader.Shorten(given.ToString())}'; an id of this stream's messages is allowed, or none.");
        return null;
    }
}
