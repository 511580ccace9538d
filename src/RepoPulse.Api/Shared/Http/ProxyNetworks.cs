using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.HttpOverrides;
using IPNetwork = System.Net.IPNetwork;

namespace RepoPulse.Api;

/// <summary>
/// The proxies whose word is taken for whom they speak for (<c>X-Forwarded-For</c>). Anybody else could name any address.
/// </summary>
public static class ProxyNetworks
{
    /// <param name="text">An address, or a network such as 10.0.0.0/8.</param>
    public static bool TryParse(string text, out IPNetwork network)
    {
        if (IPNetwork.TryParse(text, out network))
            return true;
        if (!IPAddress.TryParse(text, out var address))
            return false;
        network = new IPNetwork(address, address.GetAddressBytes().Length * 8);
        return true;
    }

    internal static ForwardedHeadersOptions Options(IReadOnlyList<string> proxies)
    {
        // The client's address is the last one that none of the proxies has: those before it are what the client wrote.
        var options = new ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.XForwardedFor, ForwardLimit = null };
        options.KnownProxies.Clear();
        options.KnownIPNetworks.Clear();
        foreach (var proxy in proxies)
        {
            if (TryParse(proxy, out var network))
                options.KnownIPNetworks.Add(network);
        }

        return options;
    }
}
