using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Http;

namespace RepoPulse.Api;

/// <summary>Whom requests are counted for: a key of the server's, or an address.</summary>
/// <param name="Key">The key's place in the list; -1 for none.</param>
internal readonly record struct Client(int Key, UInt128 Address)
{
    public bool HasKey => Key >= 0;

    /// <param name="address">Null where there is none, as over a Unix socket.</param>
    public static Client Of(int key, IPAddress? address) => key >= 0 ? new(key, 0) : new(-1, address is null ? 0 : Network(address));

    /// <summary>Of an IPv6 address the half that a network is given: a client that has one address there has all of them.</summary>
    private static UInt128 Network(IPAddress address)
    {
        Span<byte> bytes = stackalloc byte[16];
        address.MapToIPv6().TryWriteBytes(bytes, out _);
        var whole = BinaryPrimitives.ReadUInt128BigEndian(bytes);
        return address.AddressFamily == AddressFamily.InterNetwork || address.IsIPv4MappedToIPv6 ? whole : whole >> 64 << 64;
    }
}

/// <summary>Whom a request is counted for, by every limit alike.</summary>
internal sealed class ClientIdentity(ApiKeys keys)
{
    public Client Of(HttpContext context) => Client.Of(keys.Find(context.Request), context.Connection.RemoteIpAddress);
}
