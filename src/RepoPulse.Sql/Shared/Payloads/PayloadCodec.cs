using System.Collections.Concurrent;
using ZstdSharp;
using ZstdSharp.Unsafe;

namespace RepoPulse.Sql;

/// <summary>Compresses and restores events' JSON with one dictionary, from any thread.</summary>
/// <param name="number">The dictionary's number, stored beside each payload; 0 for none.</param>
internal sealed class PayloadCodec(int number, byte[] dictionary)
{
    /// <summary>
    /// With a dictionary, level 3 costs hardly more than 1 and saves a tenth; see docs/decisions/0002-payload-storage.md.
    /// </summary>
    public const int Level = 3;

    /// <summary>
    /// GitHub caps a webhook at 25 MB: a larger size in a frame is damage, and must not be believed when memory is asked for.
    /// </summary>
    private const ulong MaxLength = 256 << 20;

    private readonly ConcurrentBag<Compressor> _compressors = [];
    private readonly ConcurrentBag<Decompressor> _decompressors = [];

    public static PayloadCodec WithoutDictionary { get; } = new(0, []);

    public int Number => number;

    public static int MaxFrameLength(int jsonLength) => Compressor.GetCompressBound(jsonLength);

    public Compressor RentCompressor()
    {
        if (_compressors.TryTake(out var compressor))
            return compressor;
        compressor = new Compressor(Level);
        // The number beside the frame names the dictionary; zstd's own four bytes for it would be said twice.
        compressor.SetParameter(ZSTD_cParameter.ZSTD_c_dictIDFlag, 0);
        if (dictionary.Length > 0)
            compressor.LoadDictionary(dictionary);
        return compressor;
    }

    public void Return(Compressor compressor) => _compressors.Add(compressor);

    /// <exception cref="InvalidDataException">The frame is damaged.</exception>
    public byte[] Decompress(ReadOnlySpan<byte> frame)
    {
        if (!_decompressors.TryTake(out var decompressor))
        {
            decompressor = new Decompressor();
            if (dictionary.Length > 0)
                decompressor.LoadDictionary(dictionary);
        }

        try
        {
            var length = Decompressor.GetDecompressedSize(frame);
            if (length > MaxLength)
                throw new InvalidDataException($"A payload says that it is {length} bytes long.");
            var json = GC.AllocateUninitializedArray<byte>((int)length);
            if (decompressor.Unwrap(frame, json) != json.Length)
                throw new InvalidDataException("A payload is shorter than it says.");
            return json;
        }
        catch (ZstdException e)
        {
            throw new InvalidDataException("A payload cannot be decompressed.", e);
        }
        finally
        {
            _decompressors.Add(decompressor);
        }
    }
}
