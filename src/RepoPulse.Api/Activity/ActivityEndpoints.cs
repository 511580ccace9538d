using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using RepoPulse.Api.Repositories;
using RepoPulse.Api.View;

namespace RepoPulse.Api.Activity;

/// <summary>How many events happened in a repository, bucket by bucket.</summary>
internal static class ActivityEndpoints
{
    /// <summary>The most buckets of a response.</summary>
    public const int MaxBuckets = 10_000;

    public static void MapActivity(this IEndpointRouteBuilder routes) =>
        routes.MapMethods("/api/v1/repositories/{owner}/{name}/activity", StoreRead.Methods, GetAsync)
            .Describe(
                "getActivity", "Events", "The activity of one repository",
                $"How many events happened, bucket by bucket, empty ones included; {MaxBuckets} buckets at most. Over the statistics' " +
                "window up to now where no time is given.")
            .OfOneRepository()
            .Takes(Parameters.Bucket, Parameters.EventType, Parameters.Since, Parameters.Until)
            .ProducesFromStore<RepositoryActivity>()
            .Refuses(StatusCodes.Status501NotImplemented);

    private static async Task GetAsync(
        HttpContext context,
        string owner,
        string name,
        StatisticsView view,
        ApiOptions options,
        TimeProvider time,
        QueryQueues queues,
        ClientIdentity clients,
        ResponseMemory memory)
    {
        if (!RepositoryRoute.TryFind(context, view, owner, name, "/activity", out var entry, out var answer))
        {
            await answer;
            return;
        }

        var query = new QueryReader(context.Request.Query);
        var length = query.Read(Parameters.Bucket);
        var types = query.Read(Parameters.EventType);
        var (since, until) = Period(query, options.Window.Duration, time.GetUtcNow());
        var buckets = TimeBuckets.Between(since, until, length);
        if (buckets.Count > MaxBuckets)
            query.Reject(
                "bucket", $"bucket cuts the time asked for into {buckets.Count} pieces; {MaxBuckets} are allowed: a longer bucket, or " +
                    "a later since.");
        if (query.Errors.Count > 0)
        {
            await Problems.WrongParametersAsync(context, query.Errors);
            return;
        }

        if (context.RequestServices.GetService<IEventHistory>() is not { } history)
        {
            await Problems.NoHistoryAsync(context);
            return;
        }

        // A repository without an id has no event yet.
        var id = entry.Repository.Id;
        using var response = memory.Open(context);
        ReadOnlyMemory<byte> json;
        using (await queues.Counts.EnterAsync(clients.Of(context), context.RequestAborted))
        {
            IReadOnlyList<ActivityCount> counts = id == RepositoryId.None || buckets.Count == 0
                ? []
                : await history.CountAsync(
                    new ActivityQuery
                    {
                        RepositoryId = id,
                        Types = types,
                        Since = since > buckets.First ? since : buckets.First,
                        Until = until,
                        Bucket = length
                    },
                    context.RequestAborted);
            json = ActivityDocument.Write(buckets, counts);

            // Within the turn, so that only a few documents wait for room at a time.
            if (json.Length > ResponseWriter.PieceBytes)
                await response.HoldAsync(json.Length);
        }

        await Replies.JsonAsync(context, response, json.Length, EntityTags.Of(json.Span), write => write(json));
    }

    /// <summary>A window's time up to now, or up to <c>until</c>, where <c>since</c> does not say another.</summary>
    private static (DateTimeOffset Since, DateTimeOffset Until) Period(QueryReader query, TimeSpan window, DateTimeOffset now)
    {
        var askedSince = query.Read(Parameters.Since);
        var askedUntil = query.Read(Parameters.Until);
        if (askedSince > askedUntil)
            query.Reject("since", "since is after until; a time at or before until is allowed.");

        // Nothing has happened since a time that is yet to come: an empty response, as a list of its events would be.
        var until = askedUntil ?? (askedSince > now ? askedSince.Value : now);
        return (askedSince ?? (until - DateTimeOffset.MinValue > window ? until - window : DateTimeOffset.MinValue), until);
    }
}
