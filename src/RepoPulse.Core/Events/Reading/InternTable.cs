using System.Text;

namespace RepoPulse.Core.Reading;

/// <summary>
/// Values by the UTF-8 text they are written in, so that one seen lately costs no allocation. Bounded: two texts share each pair of slots,
/// and a newer one drives the older out. Only for values whose text is ASCII.
/// </summary>
/// <param name="slots">A power of two.</param>
/// <param name="maxLength">The longest text that can be a value.</param>
internal sealed class InternTable<T>(int slots, int maxLength, InternTable<T>.Parser parse)
    where T : struct
{
    private readonly (string? Text, T Value)[] _slots = new (string?, T)[slots];

    public delegate bool Parser(string text, out T value);

    public bool TryGet(ReadOnlySpan<byte> utf8, out T value)
    {
        var hash = new HashCode();
        hash.AddBytes(utf8);
        var pair = hash.ToHashCode() & (_slots.Length - 2);
        ref var first = ref _slots[pair];
        ref var second = ref _slots[pair + 1];
        if (Holds(first.Text, utf8))
        {
            value = first.Value;
            return true;
        }

        if (Holds(second.Text, utf8))
        {
            value = second.Value;
            return true;
        }

        value = default;
        if (utf8.Length > maxLength)
            return false;
        var text = Encoding.UTF8.GetString(utf8);
        if (!parse(text, out value))
            return false;
        second = first;
        first = (text, value);
        return true;
    }

    private static bool Holds(string? text, ReadOnlySpan<byte> utf8) => text is not null && Ascii.Equals(utf8, text);
}
