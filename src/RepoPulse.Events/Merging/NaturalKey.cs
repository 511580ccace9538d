using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace RepoPulse.Events;

/// <summary>
/// What a happening is, whichever way it was told: a hash of the repository, the event's type and what the happening is about. A webhook's event
/// and the polled one of the same happening have the same key. So have two happenings that repeat each other, as a star that is given again:
/// only their times tell those apart.
/// </summary>
/// <param name="Value">What adapters store: the same on every machine and in every version.</param>
public readonly record struct NaturalKey(long Value)
{
    /// <summary>The first eight bytes of the SHA-256 of the parts, each ended by a character that none of them can hold.</summary>
    internal static NaturalKey Of(EventType type, RepositoryId repository, params ReadOnlySpan<string> parts)
    {
        var text = new StringBuilder().Append(type.Name).Append('\0').Append(repository.Value);
        foreach (var part in parts)
            text.Append('\0').Append(part);
        return new NaturalKey((long)Hash(text.ToString()));
    }

    /// <summary>
    /// The id of the event that a webhook made of this happening: the same for every hook that tells of it. <paramref name="details"/> tell apart
    /// what may happen to one thing in one moment, as two labels that it is given.
    /// </summary>
    /// <param name="at">When it happened, if the payload says so.</param>
    public EventId ToWebhookId(DateTimeOffset? at, string details) => EventId.FromWebhook(Hash($"{Value}\0{at?.UtcTicks}\0{details}"));

    private static ulong Hash(string text)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(text), hash);
        return BinaryPrimitives.ReadUInt64BigEndian(hash);
    }
}
