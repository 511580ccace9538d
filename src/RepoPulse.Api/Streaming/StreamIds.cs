using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;

namespace RepoPulse.Api.Streaming;

/// <summary>
/// The ids of messages: places in the log, encrypted. A place counts the events of hidden repositories too, and two ids of one place would
/// reveal that none had come in between, so no two are alike. Every instance that has the log's secret can read them.
/// </summary>
internal sealed class StreamIds
{
    /// <summary>More partitions than anybody has.</summary>
    private const int MaxOffsets = 1024;
    private const int NonceBytes = 12;
    private const int TagBytes = 16;
    private const int HeadBytes = NonceBytes + TagBytes;
    private const int MaxBytes = HeadBytes + sizeof(long) * (1 + MaxOffsets);

    private readonly byte[] _key;
    private readonly TimeProvider _time;

    public StreamIds(ReadOnlySpan<byte> secret, TimeProvider time)
    {
        _key = new byte[32];
        HKDF.DeriveKey(HashAlgorithmName.SHA256, secret, _key, default, "repopulse stream id"u8);
        _time = time;
    }

    public string Encode(LogPosition position)
    {
        Span<byte> plain = stackalloc byte[sizeof(long) * (1 + position.Offsets.Length)];
        BinaryPrimitives.WriteInt64BigEndian(plain, _time.GetUtcNow().ToUnixTimeSeconds());
        for (var i = 0; i < position.Offsets.Length; i++)
            BinaryPrimitives.WriteInt64BigEndian(plain[(sizeof(long) * (i + 1))..], position.Offsets[i]);

        Span<byte> id = stackalloc byte[HeadBytes + plain.Length];
        RandomNumberGenerator.Fill(id[..NonceBytes]);
        using var cipher = new AesGcm(_key, TagBytes);
        cipher.Encrypt(id[..NonceBytes], plain, id[HeadBytes..], id[NonceBytes..HeadBytes]);
        return Base64Url.EncodeToString(id);
    }

    public bool TryDecode(ReadOnlySpan<char> text, out StreamStart place)
    {
        place = default;
        if (!OpaqueText.TryDecode(text, MaxBytes, out var id)
            || id.Length < HeadBytes + sizeof(long)
            || id.Length % sizeof(long) != HeadBytes % sizeof(long))
            return false;

        var plain = new byte[id.Length - HeadBytes];
        try
        {
            using var cipher = new AesGcm(_key, TagBytes);
            cipher.Decrypt(id.AsSpan(0, NonceBytes), id.AsSpan(HeadBytes), id.AsSpan(NonceBytes, TagBytes), plain);
        }
        catch (AuthenticationTagMismatchException)
        {
            return false;
        }

        var offsets = new long[plain.Length / sizeof(long) - 1];
        for (var i = 0; i < offsets.Length; i++)
            offsets[i] = BinaryPrimitives.ReadInt64BigEndian(plain.AsSpan(sizeof(long) * (i + 1)));
        place = new StreamStart(LogPosition.Of(offsets), DateTimeOffset.FromUnixTimeSeconds(BinaryPrimitives.ReadInt64BigEndian(plain)));
        return true;
    }
}

/// <summary>What an id says: everything before the position has been sent, at that time.</summary>
internal readonly record struct StreamStart(LogPosition Position, DateTimeOffset SentAt);
