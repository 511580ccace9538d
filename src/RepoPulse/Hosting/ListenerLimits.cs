using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using RepoPulse.Configuration;

namespace RepoPulse.Hosting;

/// <summary>What a connection may take before anybody knows whose it is.</summary>
internal static class ListenerLimits
{
    public const int DefaultMaxConnections = 4096;

    /// <summary>
    /// More than all headers together may have (32 KiB), and far less than the server's own megabyte for each connection.
    /// </summary>
    private const int MaxRequestBuffer = 64 * 1024;

    public static void Set(WebApplicationBuilder builder, ServerSettings settings)
    {
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            Set(kestrel.Limits, settings);
        });
        // The sockets read ahead by themselves, however little the server has taken.
        builder.Services.Configure<SocketTransportOptions>(sockets => sockets.MaxReadBufferSize = MaxRequestBuffer);
    }

    private static void Set(KestrelServerLimits limits, ServerSettings settings)
    {
        limits.MaxConcurrentConnections = settings.MaxConnections;
        limits.RequestHeadersTimeout = TimeSpan.FromSeconds(10);
        // Longer than the 60 s after which proxies close idle connections as a rule: the other order loses requests.
        limits.KeepAliveTimeout = TimeSpan.FromSeconds(75);
        limits.MaxRequestBufferSize = MaxRequestBuffer;
        // For the last 64 KiB of a response, and for short ones: a client that takes nothing for 30 s is cut off. The server's own 240 B/s
        // would be five minutes.
        limits.MinResponseDataRate = new MinDataRate(bytesPerSecond: 2048, gracePeriod: TimeSpan.FromSeconds(30));
        // Over TLS also HTTP/2 is spoken, where a connection has many requests: together they may hold little more than one of HTTP/1.1.
        limits.Http2.InitialConnectionWindowSize = 2 * MaxRequestBuffer;
        limits.Http2.InitialStreamWindowSize = MaxRequestBuffer + 32 * 1024;
        limits.Http2.MaxStreamsPerConnection = 100;
    }
}
