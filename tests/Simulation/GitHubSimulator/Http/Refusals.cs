using GitHubSimulator.World;

namespace GitHubSimulator.Http;

/// <summary>What GitHub refuses before it looks at what is asked, in its order.</summary>
internal sealed class Refusals(GitHubWorld world)
{
    /// <summary>The refusal of a request, or null where it may go on; it is then charged.</summary>
    public ApiAnswer? Find(Exchange exchange)
    {
        var request = exchange.Request;
        if (string.IsNullOrWhiteSpace(request.UserAgent))
            return ErrorAnswers.NoUserAgent();
        if (!AcceptsJson(request.Accept))
            return ErrorAnswers.UnsupportedAccept(request.Accept!);
        if (request.ApiVersion is { } version && !world.Options.ApiVersions.Contains(version, StringComparer.Ordinal))
            return ErrorAnswers.UnknownVersion(version, world.Options.ApiVersions);
        return RefuseByLimits(exchange);
    }

    private ApiAnswer? RefuseByLimits(Exchange exchange)
    {
        var limits = world.Options.Limits;
        if (exchange.ShutOut is { Wait: var wait })
            return ErrorAnswers.SecondaryLimit(limits.SecondaryStatus, limits.SendRetryAfter ? wait : null, exchange.RequestId);

        // Asking for the limits themselves is free, and possible where nothing is left; a bad token is charged to the address. An app's own
        // requests are limited apart, and never so that it shows.
        if (exchange.Request.IsByApp)
            return null;
        if (!exchange.Request.AsksForLimits && !exchange.TryCharge())
            return ErrorAnswers.PrimaryLimit(limits.PrimaryStatus, exchange.Account, exchange.RequestId);
        return exchange.Token is not null && exchange.User is null ? ErrorAnswers.BadCredentials() : null;
    }

    private static bool AcceptsJson(string? accept) =>
        string.IsNullOrWhiteSpace(accept)
        || accept.Contains("*/*", StringComparison.Ordinal)
        || accept.Contains("application/*", StringComparison.Ordinal)
        || accept.Contains("application/json", StringComparison.OrdinalIgnoreCase)
        || accept.Contains("application/vnd.github", StringComparison.OrdinalIgnoreCase);
}
