using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using RepoPulse.Api.Metrics;

namespace RepoPulse.Api;

/// <summary>
/// Lets a request through only under one of the server's names. A web page may have its own name resolved to this machine's address (DNS
/// rebinding), and reads then what the API shows to everyone who reaches it; the name in <c>Host</c> gives it away.
/// </summary>
public sealed class AllowedHosts
{
    private const string Any = "*";

    private readonly StringSegment[] _patterns;
    private readonly bool _allowsAny;
    private readonly ApiMetrics _metrics;

    internal AllowedHosts(IReadOnlyList<string> patterns, ApiMetrics metrics)
    {
        _patterns = [.. patterns.Select(pattern => new StringSegment(pattern))];
        _allowsAny = patterns.Contains(Any, StringComparer.Ordinal);
        _metrics = metrics;
    }

    /// <param name="text"><c>*</c>, <c>*.example.org</c>, or a name or an address without a port, an IPv6 one in brackets.</param>
    public static bool IsPattern(string text)
    {
        if (text == Any)
            return true;
        if (text.StartsWith('['))
            return text.EndsWith(']')
                && IPAddress.TryParse(text.AsSpan()[1..^1], out var address)
                && address.AddressFamily == AddressFamily.InterNetworkV6;
        var isWildcard = text.StartsWith("*.", StringComparison.Ordinal);
        var name = isWildcard ? text[2..] : text;
        if (!Ascii.IsValid(name) || name.EndsWith('.'))
            return false;
        return Uri.CheckHostName(name) is var kind && (kind == UriHostNameType.Dns || (kind == UriHostNameType.IPv4 && !isWildcard));
    }

    /// <summary>The loopback names where every address is loopback; any where one can be reached from elsewhere.</summary>
    /// <param name="urls">The addresses that the server listens at.</param>
    public static IReadOnlyList<string> DefaultFor(IReadOnlyList<string> urls)
    {
        var names = new List<string> { "localhost", "127.0.0.1", "[::1]" };
        // A Unix socket is out of reach of every browser.
        var hosts = urls.Select(BindingAddress.Parse).Where(address => !address.IsUnixPipe).Select(address => address.Host).ToList();
        if (hosts.Count == 0 || !hosts.TrueForAll(IsLoopback))
            return [Any];
        return [.. names.Concat(hosts).Distinct(StringComparer.OrdinalIgnoreCase)];
    }

    internal Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        var host = context.Request.Host.Value;
        // No browser leaves the name out; health checks of some load balancers do (HTTP/1.0).
        if (_allowsAny || string.IsNullOrEmpty(host) || Matches(host))
            return next(context);
        _metrics.HostRefused();
        return Problems.WriteAsync(context, StatusCodes.Status400BadRequest,
            $"This server does not answer under the name '{host}'. Its operator can allow more names in Api:AllowedHosts.");
    }

    private bool Matches(string host)
    {
        try
        {
            return HostString.MatchesAny(host, _patterns);
        }
        catch (FormatException)
        {
            return false; // Its port is no number.
        }
    }

    /// <summary>A name that is neither localhost nor an address makes the server listen at every address.</summary>
    private static bool IsLoopback(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
            || (IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address));
}
