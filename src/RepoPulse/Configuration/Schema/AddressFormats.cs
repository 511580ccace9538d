using System.Buffers;
using System.Globalization;
using RepoPulse.Api;

namespace RepoPulse.Configuration;

/// <summary>The forms of addresses: of a server to ask, to listen at, and of a web page's origin.</summary>
internal static class AddressFormats
{
    public const string NoAddress = "is empty: there is no address to listen at";

    private static readonly SearchValues<char> NotInHosts = SearchValues.Create(" @?#,;");

    public static ValueFormat<Uri> HttpUrl { get; } = new(
        "url",
        "an absolute http or https address without user, query or fragment, such as https://api.github.com",
        ParseHttpUrl,
        url => url.OriginalString);

    public static ValueFormat<string> Listen { get; } = new(
        "url", "http or https addresses without a path, such as http://127.0.0.1:8080 or http://*:8080", ParseListen, url => url);

    public static ValueFormat<string> Origin { get; } = new(
        "origin",
        "* or an origin as browsers send it, without a path and without its scheme's own port, such as https://example.org",
        ParseOrigin,
        origin => origin);

    public static ValueFormat<string> Host { get; } = new(
        "host",
        "* for any, *.example.org, or a name or address without a port, such as pulse.example.org or [::1]",
        ParseHost,
        host => host);

    public static ValueFormat<string> Network { get; } = new(
        "network", "an address, or a network such as 10.0.0.0/8", ParseNetwork, network => network);

    public static ValueFormat<string> Broker { get; } = new("server", "host:port, such as localhost:9092", ParseBroker, server => server);

    public static string? ParseHttpUrl(string text, out Uri url)
    {
        // The scheme first: of others the base library's parser throws for a few (file:// before a mark of the writing direction).
        if (!IsHttp(text.Split("://")[0]) || !Uri.TryCreate(text, UriKind.Absolute, out var parsed) || parsed.Host.Length == 0)
        {
            url = null!;
            return "is not an absolute http or https address";
        }

        url = parsed;
        if (url.UserInfo.Length > 0)
            return "names a user";
        return url.Query.Length > 0 || url.Fragment.Length > 0 ? "has a query or a fragment" : null;
    }

    private static string? ParseListen(string text, out string url)
    {
        url = text;
        const string Problem = "is not an address to listen at";
        BindingAddress address;
        try
        {
            address = BindingAddress.Parse(text);
        }
        catch (FormatException)
        {
            return Problem;
        }

        if (!IsHttp(address.Scheme) || address.PathBase.Length > 0)
            return Problem;
        // The parser takes a port that is no number for a part of the host's name.
        var hostEnd = address.Host.LastIndexOf(']') + 1;
        var validHost = address.IsUnixPipe
            || (!address.Host.AsSpan(hostEnd).Contains(':') && !address.Host.AsSpan().ContainsAny(NotInHosts));
        return validHost && address.Port is >= 0 and <= ushort.MaxValue ? null : Problem;
    }

    private static string? ParseOrigin(string text, out string origin)
    {
        origin = text.TrimEnd('/');
        if (text == "*")
            return null;
        var problem = ParseHttpUrl(text, out var url);
        return problem ?? (url.AbsolutePath != "/" ? "has a path" : AllowedOriginsPolicy.IsOrigin(origin) ? null : "is not an origin");
    }

    private static string? ParseHost(string text, out string host)
    {
        host = text;
        return AllowedHosts.IsPattern(text) ? null : "is no host's name";
    }

    private static string? ParseNetwork(string text, out string network)
    {
        network = text;
        return ProxyNetworks.TryParse(text, out _) ? null : "is no address and no network";
    }

    private static string? ParseBroker(string text, out string server)
    {
        server = text;
        var colon = text.LastIndexOf(':');
        if (colon < 0 || text.EndsWith(']'))
            return "names no port";
        var isPort = ushort.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port > 0;
        // An IPv6 address is distinguished from its port by brackets alone.
        var isHost = Uri.CheckHostName(text[..colon]) != UriHostNameType.Unknown
            && (text[0] == '[' || text.IndexOf(':', StringComparison.Ordinal) == colon);
        return isPort && isHost ? null : "is not the address of a broker";
    }

    private static bool IsHttp(string scheme) =>
        scheme.Equals(Uri.UriSchemeHttp, StringComparison.OrdinalIgnoreCase)
            || scheme.Equals(Uri.UriSchemeHttps, StringComparison.OrdinalIgnoreCase);
}
