using System.Text;
using RepoPulse.Api.Http;

namespace RepoPulse.Api.Documents;

/// <summary>A page of a list, <c>{items, next}</c>, put together from items that are JSON already.</summary>
internal sealed class ListDocument
{
    private static readonly ReadOnlyMemory<byte> Start = "{\"items\":["u8.ToArray();
    private static readonly ReadOnlyMemory<byte> Comma = ","u8.ToArray();
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
        _body.Add(next is null ? LastPage : Encoding.UTF8.GetBytes($"],\"next\":\"{next}\"}}"));
        return _body;
    }
}
