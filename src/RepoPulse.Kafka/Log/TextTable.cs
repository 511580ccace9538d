using System.Text;

namespace RepoPulse.Kafka;

/// <summary>
/// Values by their bytes, so that a text that comes again is neither decoded nor checked again. Emptied when it is full. Not for several
/// threads at once.
/// </summary>
internal sealed class TextTable<T>(int capacity, TextTable<T>.Parse parse)
{
    private readonly Dictionary<string, T> _values = new(StringComparer.Ordinal);
    private Dictionary<string, T>.AlternateLookup<ReadOnlySpan<char>>? _lookup;

    public delegate bool Parse(string text, out T value);

    public bool TryGet(ReadOnlySpan<byte> bytes, out T value)
    {
        value = default!;
        if (bytes.Length > 256)
            return false;
        Span<char> text = stackalloc char[256];
        var length = Encoding.UTF8.GetChars(bytes, text);
        var lookup = _lookup ??= _values.GetAlternateLookup<ReadOnlySpan<char>>();
        if (lookup.TryGetValue(text[..length], out value!))
            return true;
        var key = text[..length].ToString();
        if (!parse(key, out value))
            return false;
        if (_values.Count >= capacity)
            _values.Clear();
        _values.Add(key, value);
        return true;
    }
}
