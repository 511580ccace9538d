using System.Buffers;
using System.Globalization;

namespace RepoPulse.Configuration.Schema;

/// <summary>The forms of addresses: of a server to ask, to listen at, and of a web page's origin.</summary>
internal static class AddressFormats
{
    private static readonly SearchValues<char> NotInHosts = SearchValues.Create(" @?#,;");

    public static ValueFormat<Uri> HttpUrl { get; } = new(
        "url", "an absolute http or https address without user, query or fragment, such as https://api.github.com", ParseHttpUrl, url => url.OriginalString);

    public static ValueFormat<string> Listen { get; } = new(
        "url", "http or https addresses without a path, such as http://127.0.0.1:8080 or http://*:8080", ParseListen, url => url);

    public static ValueFormat<string> Origin { get; } = new(
        "origin", "* or a scheme and host without a path, such as https://example.org", ParseOrigin, origin => origin);

    public static ValueFormat<string> Broker { get; } = new("server", "host:port, such as localhost:9092", ParseBroker, server => server);

    public static string? ParseHttpUrl(string text, out Uri url)
    {
        if (!Uri.TryCreate(text, UriKind.Absolute, out url!) || !IsHttp(url.Scheme))
            return "is not an absolute http or https address";
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
        var validHost = address.IsUnixPipe || (!address.Host.AsSpan(hostEnd).Contains(':') && !address.Host.AsSpan().ContainsAny(NotInHosts));
        return validHost && address.Port is >= 0 and <= ushort.MaxValue ? null : Problem;
    }

    private static string? ParseOrigin(string text, out string origin)
    {
        origin = text.TrimEnd('/');
        if (text == "*")
            return null;
        var problem = ParseHttpUrl(text, out var url);
        return problem ?? (url.AbsolutePath == "/" ? null : "has a path");
    }

    private static string? ParseBroker(string text, out string server)
    {
        server = text;
        var colon = text.LastIndexOf(':');
        if (colon < 0 || text.EndsWith(']'))
            return "names no port";
        var isPort = ushort.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port > 0;
        // An IPv6 address is told from its port by brackets alone.
        var isHost = Uri.CheckHostName(text[..colon]) != UriHostNameType.Unknown && (text[0] == '[' || text.IndexOf(':', StringComparison.Ordinal) == colon);
        return isPort && isHost ? null : "is not the address of a broker";
    }

    private static bool IsHttp(string scheme) =>
        scheme.Equals(Uri.UriSchemeHttp, StringComparison.OrdinalIgnoreCase) || scheme.Equals(Uri.UriSchemeHttps, StringComparison.OrdinalIgnoreCase);
}
