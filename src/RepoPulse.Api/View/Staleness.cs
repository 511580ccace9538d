using System.Globalization;
using Microsoft.AspNetCore.Http;
using RepoPulse.Statistics;

namespace RepoPulse.Api.View;

/// <summary>
/// How old what the view holds is while the store cannot be read: the last figures are served all the same, and every answer made of them says so
/// in its <c>Age</c> (RFC 9111, 5.1). Body and entity tag stay what they are: they are the same on an instance that still reads.
/// </summary>
internal sealed class Staleness(AggregatorStatus aggregator, CatalogStatus catalog, TimeProvider time)
{
    /// <summary>Since when figures, names or coverage may have changed unseen; null while all of them are followed.</summary>
    public DateTimeOffset? Since
    {
        get
        {
            var figures = aggregator.Current is { Failure: not null } log ? log.InStepAt : null;
            var names = catalog.Current is { Failure: not null } changes ? changes.InStepAt : null;
            return figures is null || names < figures ? names : figures;
        }
    }

    public Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        if (Since is { } since && context.GetEndpoint()?.Metadata.GetMetadata<OfView>() is not null)
            context.Response.Headers.Age = Seconds(time.GetUtcNow() - since).ToString(CultureInfo.InvariantCulture);
        return next(context);
    }

    /// <summary>Rounded up, so that an answer never passes for newer than it is; a clock that was set back makes none of the future.</summary>
    private static long Seconds(TimeSpan age) => Math.Max(0, (long)Math.Ceiling(age.TotalSeconds));

    /// <summary>Marks an endpoint whose answers are made of the view alone.</summary>
    internal sealed class OfView;
}
