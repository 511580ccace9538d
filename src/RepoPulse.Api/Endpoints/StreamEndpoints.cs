using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;
using Microsoft.Extensions.Hosting;
using RepoPulse.Api.Http;
using RepoPulse.Api.OpenApi;
using RepoPulse.Api.Queries;
using RepoPulse.Api.Streaming;
using RepoPulse.Api.View;
using RepoPulse.Events;

namespace RepoPulse.Api.Endpoints;

/// <summary>What happens, as it happens.</summary>
internal static class StreamEndpoints
{
    public const string MediaType = "text/event-stream";
    private const string LastEventId = "Last-Event-ID";

    public static void MapStream(this IEndpointRouteBuilder routes) =>
        routes.MapMethods("/api/v1/stream", Reading.Methods, GetAsync)
            .Describe(
                "getStream", "Stream", "Events and statistics as they come",
                "Server-sent events. `event: event` is an event as GitHub told it, in one line of JSON, once it is stored; `event: statistics` the document of a "
                + "repository whose statistics changed, as /statistics has it, at most once a second for each; `event: gap` says, after a resumption, between which "
                + "times events may be missing, because the id was older than what is sure to be held. Every message has an id, and so has the comment that "
                + "comes every 15 s. Whoever reads too slowly is disconnected, and goes on after the last id that it read.")
            .Takes(Parameters.RepositoryOfStream, Parameters.EventTypeOfStream, Parameters.LastEventId)
            .WithMetadata(new Readiness.NeedsView())
            .Produces<string>(contentType: MediaType)
            .Refuses(StatusCodes.Status401Unauthorized)
            .Refuses(StatusCodes.Status429TooManyRequests)
            .Refuses(StatusCodes.Status503ServiceUnavailable);

    private static async Task GetAsync(
        HttpContext context, StatisticsView view, StreamLog log, StreamBuffer buffer, StreamFollower follower, ApiOptions options, ApiMetrics metrics,
        TimeProvider time, IHostApplicationLifetime lifetime)
    {
        var ended = context.RequestAborted;
        var query = new QueryReader(context.Request.Query);
        var filter = new StreamFilter(view, query.Repositories(), query.EventTypes());
        var ids = await log.GetIdsAsync(ended);
        var end = await log.ReadEndAsync(ended);
        var last = ReadLastId(context.Request, query, ids, end);
        if (query.Faults.Count > 0)
        {
            await Problems.WrongParametersAsync(context, query.Faults);
            return;
        }

        Begin(context);
        if (HttpMethods.IsHead(context.Request.Method))
            return;

        using var dropped = new CancellationTokenSource();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(ended, lifetime.ApplicationStopping, dropped.Token);
        var reader = new StreamSubscription(dropped);
        try
        {
            await buffer.EnterAsync(reader, stop.Token);
            var writer = new MessageWriter(context.Response.BodyWriter);
            var stream = new StreamSession(log, buffer, ids, filter, writer, follower.Told, metrics, time);
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
            // Gone, or the server ends: then the answer ends well. Only one that was too slow is cut off, since it would not take the end either.
            if (dropped.IsCancellationRequested)
                context.Abort();
        }
        catch (StorageException e) when (e.IsTransient)
        {
            // What the follower tells of. The reader comes back with its last id, and waits for the store then.
            context.Abort();
        }
        catch (IOException)
        {
            // The client is gone: nobody is left to tell.
        }
        finally
        {
            buffer.Leave(reader);
        }
    }

    private static void Begin(HttpContext context)
    {
        var response = context.Response;
        response.ContentType = MediaType;
        response.Headers.CacheControl = "no-store";

        // nginx would collect messages until a buffer is full.
        response.Headers["X-Accel-Buffering"] = "no";

        // How slow is too slow is the buffer's to say: a client that pauses for seconds finds in it what it missed.
        if (context.Features.Get<IHttpMinResponseDataRateFeature>() is { } rate)
            rate.MinDataRate = null;
    }

    /// <summary>Null where none is given: the stream begins now.</summary>
    private static StreamPlace? ReadLastId(HttpRequest request, QueryReader query, StreamIds ids, LogPosition end)
    {
        var given = request.Headers[LastEventId];
        if (given is [] or [""])
            return null;
        if (given is [{ } text] && ids.TryDecode(text, out var place) && StreamGap.IsOfLog(place.Position, end))
            return place;
        query.Reject(LastEventId, $"{LastEventId} is '{QueryReader.Shorten(given.ToString())}'; an id of this stream's messages is allowed, or none.");
        return null;
    }
}
