using System.Globalization;
using Microsoft.AspNetCore.Http;
using RepoPulse.Api.View;
using RepoPulse.Statistics;

namespace RepoPulse.Api.Health;

/// <summary>
/// How old what the view holds is while the store cannot be read: the last statistics are served all the same, and every response made of
/// them says so in its <c>Age</c> (RFC 9111, 5.1). Body and entity tag stay what they are: they are the same on an instance that still
/// reads.
/// </summary>
internal sealed class StaleAgeMiddleware(AggregatorStatus aggregator, CatalogStatus catalog, TimeProvider time)
{
    /// <summary>Since when statistics, names or coverage may have changed unseen; null while all of them are followed.</summary>
    public DateTimeOffset? Since
    {
        get
        {
            var statistics = aggregator.Current is { Failure: not null } log ? log.InStepAt : null;
            var names = catalog.Current is { Failure: not null } changes ? changes.InStepAt : null;
            return statistics is null || names < statistics ? names : statistics;
        }
    }

    public Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        if (Since is { } since && context.GetEndpoint()?.Metadata.GetMetadata<OfView>() is not null)
            context.Response.Headers.Age = Seconds(time.GetUtcNow() - since).ToString(CultureInfo.InvariantCulture);
        return next(context);
    }

    /// <summary>Rounded up, so that a response never looks newer than it is; a clock that was set back makes none of the future.</summary>
    private static long Seconds(TimeSpan age) => Math.Max(0, (long)Math.Ceiling(age.TotalSeconds));

    /// <summary>Marks an endpoint whose responses are made of the view alone.</summary>
    internal sealed class OfView;
}
