using System.Net.Http.Headers;

namespace RepoPulse.SimulationTests.Lesser;

/// <summary>
/// Reads pages as if they stood still: the lower ones first, and then the first, over whose edge events have moved meanwhile. And it does
/// not look again below what it knows.
/// </summary>
internal sealed class IgnoresDrift(HttpMessageHandler gitHub) : LesserCollector(gitHub)
{
    private readonly Dictionary<string, HttpResponseMessage> _read = new(StringComparer.Ordinal);
    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);

    protected override async Task<HttpResponseMessage> ReadAsync(
        HttpRequestMessage request, string feed, CancellationToken cancellationToken)
    {
        var address = request.RequestUri!.AbsoluteUri;
        if (_read.Remove(address, out var before))
            return before;
        if (address.Contains("page=2", StringComparison.Ordinal) || address.Contains("page=3", StringComparison.Ordinal))
            return await AskAsync(request, cancellationToken);

        // Which pages there are is known of the last time; what they hold is read before the first.
        using var look = await AskAsync(Copy(request, address), cancellationToken);
        var below = look.IsSuccessStatusCode && look.Headers.TryGetValues("Link", out var links) ? PagesBelow(string.Join(',', links)) : [];
        foreach (var page in below)
            _read[page] = await AskAsync(Copy(request, page), cancellationToken);

        var first = await AskAsync(request, cancellationToken);
        var ids = await IdsAsync(first, cancellationToken);
        var isKnown = ids.Count > 0 && ids.TakeLast(10).All(id => _seen.Contains(id));
        _seen.UnionWith(ids);
        foreach (var page in below.Where(_read.ContainsKey))
            _seen.UnionWith(await IdsAsync(_read[page], cancellationToken));
        return isKnown ? Stop(first) : first;
    }

    private static List<string> PagesBelow(string links)
    {
        var next = links.Split('<', '>').FirstOrDefault(part => part.Contains("page=2", StringComparison.Ordinal));
        return next is null ? [] : [next.Replace("&page=2", "&page=3", StringComparison.Ordinal), next];
    }

    private static HttpRequestMessage Copy(HttpRequestMessage request, string address)
    {
        var copy = new HttpRequestMessage(HttpMethod.Get, address);
        foreach (var (name, values) in request.Headers)
        {
            if (name is not "If-None-Match")
                copy.Headers.TryAddWithoutValidation(name, values);
        }

        copy.Headers.Authorization ??= request.Headers.Authorization is { } authorization
            ? new AuthenticationHeaderValue(authorization.Scheme, authorization.Parameter)
            : null;
        return copy;
    }
}
