using System.Text.Json;

namespace RepoPulse.Core.Reading;

/// <summary>
/// What an event says of its repository: <c>repo {id, name}</c> with the full name since 2015, <c>repository {id, name, owner}</c> before,
/// the owner being a name or an object with one.
/// </summary>
internal ref struct RepositoryPart
{
    private ReadOnlySpan<byte> _name;
    private ReadOnlySpan<byte> _fullName;
    private ReadOnlySpan<byte> _owner;

    public RepositoryId Id { get; private set; }

    /// <summary>
    /// Reads the value that the reader is on and stops at its end. Returns what is wrong with it, or null; absent and null parts are not.
    /// </summary>
    public string? Read(ref Utf8JsonReader reader)
    {
        if (reader.TokenType == JsonTokenType.Null)
            return null;
        string? fault = null;
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            reader.Skip();
            return "its repository is not an object";
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (!JsonText.TryGet(ref reader, out var property))
                reader.Skip();
            else if (property.SequenceEqual("id"u8))
                fault = ReadId(ref reader) ?? fault;
            else if (property.SequenceEqual("name"u8))
                fault = ReadText(ref reader, ref _name) ?? fault;
            else if (property.SequenceEqual("full_name"u8))
                fault = ReadText(ref reader, ref _fullName) ?? fault;
            else if (property.SequenceEqual("owner"u8))
                fault = ReadOwner(ref reader) ?? fault;
            else
                reader.Skip();
        }

        return fault;
    }

    /// <summary>The full name; false where there is none in GitHub's alphabet, as the <c>/</c> of events of no repository.</summary>
    public readonly bool TryGetName(InternTable<RepositoryName> names, out RepositoryName name)
    {
        if (!_fullName.IsEmpty)
            return names.TryGet(_fullName, out name);
        if (_owner.IsEmpty || _name.Contains((byte)'/'))
            return names.TryGet(_name, out name);
        name = default;
        var length = _owner.Length + 1 + _name.Length;
        if (length > RepositoryName.MaxLength)
            return false;
        Span<byte> full = stackalloc byte[length];
        _owner.CopyTo(full);
        full[_owner.Length] = (byte)'/';
        _name.CopyTo(full[(_owner.Length + 1)..]);
        return names.TryGet(full, out name);
    }

    private string? ReadId(ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType == JsonTokenType.Null)
            return null;
        if (!JsonNumber.TryGet(ref reader, out var id))
        {
            reader.Skip();
            return "its repository's id is not a number";
        }

        Id = id > 0 ? new RepositoryId(id) : RepositoryId.None;
        return null;
    }

    private string? ReadOwner(ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject)
            return TakeText(ref reader, ref _owner);
        string? fault = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var named = JsonText.TryGet(ref reader, out var property)
                && (property.SequenceEqual("login"u8) || (property.SequenceEqual("name"u8) && _owner.IsEmpty));
            if (named)
                fault = ReadText(ref reader, ref _owner) ?? fault;
            else
                reader.Skip();
        }

        return fault;
    }

    private static string? ReadText(ref Utf8JsonReader reader, ref ReadOnlySpan<byte> text)
    {
        reader.Read();
        return TakeText(ref reader, ref text);
    }

    private static string? TakeText(ref Utf8JsonReader reader, ref ReadOnlySpan<byte> text)
    {
        if (reader.TokenType == JsonTokenType.Null || (reader.TokenType == JsonTokenType.String && JsonText.TryGet(ref reader, out text)))
            return null;
        reader.Skip();
        return "its repository's name is not text";
    }
}
