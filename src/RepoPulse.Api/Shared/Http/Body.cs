namespace RepoPulse.Api;

/// <summary>A body in slices of what is held already: nothing is copied before it goes out.</summary>
internal sealed class Body
{
    private readonly List<ReadOnlyMemory<byte>> _slices = [];

    public IReadOnlyList<ReadOnlyMemory<byte>> Slices => _slices;

    public long Length { get; private set; }

    public string EntityTag => EntityTags.Of(_slices);

    public void Add(ReadOnlyMemory<byte> slice)
    {
        _slices.Add(slice);
        Length += slice.Length;
    }
}
