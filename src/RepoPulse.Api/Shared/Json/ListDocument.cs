using System.Text;

namespace RepoPulse.Api;

/// <summary>A page of a list, <c>{items, next}</c>, put together from items that are JSON already.</summary>
internal sealed class ListDocument
{
    public static readonly ReadOnlyMemory<byte> Start = "{\"items\":["u8.ToArray();
    public static readonly ReadOnlyMemory<byte> Comma = ","u8.ToArray();
    private static readonly ReadOnlyMemory<byte> LastPage = "],\"next\":null}"u8.ToArray();

    private readonly Body _body = new();
    private bool _empty = true;

    public ListDocument() => _body.Add(Start);

    public void Add(ReadOnlyMemory<byte> item) => Next().Add(item);

    /// <summary>The body to write the next item into.</summary>
    public Body Next()
    {
        if (!_empty)
            _body.Add(Comma);
        _empty = false;
        return _body;
    }

    /// <param name="next">The cursor of the next page, of letters, digits, '-' and '_'; null at the end.</param>
    public Body End(string? next)
    {
        _body.Add(EndOf(next));
        return _body;
    }

    /// <summary>What follows the last item.</summary>
    public static ReadOnlyMemory<byte> EndOf(string? next) => next is null ? LastPage : Encoding.UTF8.GetBytes($"],\"next\":\"{next}\"}}");
}
