using RepoPulse.Api.View;
using RepoPulse.Statistics;

namespace RepoPulse.Api;

/// <summary>What the API shows, to whom, and over which window.</summary>
public sealed record ApiOptions
{
    public const int MaxRequestsPerMinute = 1_000_000;

    /// <summary>The most that may be allowed.</summary>
    public const int MostStreams = 100_000;

    /// <summary>
    /// Which repositories are shown: <c>*</c>, <c>owner/name</c> or <c>owner/*</c>, less <c>!owner/name</c> and <c>!owner/*</c>, in any
    /// order. A list of exclusions alone shows everything else; an empty list shows nothing.
    /// </summary>
    public IReadOnlyList<string> Repositories { get; init; } = ["*"];

    /// <summary>Where there are any, a request under <c>/api</c> must carry one of them.</summary>
    public IReadOnlyList<string> Keys { get; init; } = [];

    /// <summary>Whether badges of shown repositories are served without a key all the same.</summary>
    public bool PublicBadges { get; init; } = true;

    /// <summary>Origins that a browser may ask from, such as <c>https://example.com</c>; <c>*</c> for every one.</summary>
    public IReadOnlyList<string> AllowedOrigins { get; init; } = [];

    /// <summary>Host names that the server accepts: <c>*</c> for any, <c>*.example.org</c>, or one name without a port.</summary>
    public IReadOnlyList<string> AllowedHosts { get; init; } = ["*"];

    /// <summary>
    /// How many requests under <c>/api</c> a client, that is a key or else an address, may make a minute; null for any number.
    /// </summary>
    public int? RequestsPerMinute { get; init; }

    /// <summary>How many streams may be open at a time, of all clients.</summary>
    public int MaxStreams { get; init; } = 2_000;

    /// <summary>How many streams a client, that is a key or else an address, may have open at a time.</summary>
    public int MaxStreamsPerClient { get; init; } = 1_500;

    /// <summary>
    /// Proxies, by address or network, that are believed whom they speak for: their clients' addresses are counted, and not theirs. None by
    /// default.
    /// </summary>
    public IReadOnlyList<string> TrustedProxies { get; init; } = [];

    /// <summary>The window that the aggregator's statistics are of.</summary>
    public WindowOptions Window { get; init; } = new();

    /// <summary>
    /// Everything that is wrong, each with its key and what is allowed; a key's own text is never repeated. Empty where all is well.
    /// </summary>
    public IReadOnlyList<string> FindErrors() =>
    [
        .. Repositories.SelectMany((pattern, i) => VisibilityRules.IsPattern(pattern)
            ? Array.Empty<string>()
            : [$"Api:Repositories:{i} is '{pattern}': '*', 'owner/name', 'owner/*', '!owner/name' or '!owner/*' is allowed."]),
        .. Keys.SelectMany((key, i) => ApiKeys.IsKey(key)
            ? Array.Empty<string>()
            : [$"Api:Keys:{i} is empty or holds a character that a bearer token may not: visible ASCII without spaces is allowed."]),
        .. AllowedOrigins.SelectMany((origin, i) => AllowedOriginsPolicy.IsOrigin(origin)
            ? Array.Empty<string>()
            : [$"Api:AllowedOrigins:{i} is '{origin}': '*' or an origin without a path is allowed, for instance https://example.com or " +
                "http://localhost:3000."]),
        .. AllowedHosts.SelectMany((host, i) => Api.AllowedHosts.IsPattern(host)
            ? Array.Empty<string>()
            : [$"Api:AllowedHosts:{i} is '{host}': '*', '*.example.org', or a name or address without a port is allowed."]),
        .. RequestsPerMinute is < 1 or > MaxRequestsPerMinute
            ? [$"Api:RequestsPerMinute is '{RequestsPerMinute}': 1 to {MaxRequestsPerMinute} is allowed."]
            : Array.Empty<string>(),
        .. FindStreamErrors(nameof(MaxStreams), MaxStreams),
        .. FindStreamErrors(nameof(MaxStreamsPerClient), MaxStreamsPerClient),
        .. TrustedProxies.SelectMany((proxy, i) => ProxyNetworks.TryParse(proxy, out _)
            ? Array.Empty<string>()
            : [$"Api:TrustedProxies:{i} is '{proxy}': an address, or a network such as 10.0.0.0/8, is allowed."]),
    ];

    private static string[] FindStreamErrors(string key, int streams) =>
        streams is < 1 or > MostStreams ? [$"Api:{key} is '{streams}': 1 to {MostStreams} is allowed."] : [];
}
