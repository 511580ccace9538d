using System.Buffers;
using System.IO.Pipelines;

namespace RepoPulse.Api.Http;

/// <summary>A body in slices of what is held already: nothing is copied before it goes out.</summary>
internal sealed class Body
{
    /// <summary>How much is handed to the connection at once: enough for few system calls, little enough to feel a slow client.</summary>
    private const int FlushBytes = 64 * 1024;

    private readonly List<ReadOnlyMemory<byte>> _slices = [];

    public IReadOnlyList<ReadOnlyMemory<byte>> Slices => _slices;

    public long Length { get; private set; }

    public string EntityTag => EntityTags.Of(_slices);

    public void Add(ReadOnlyMemory<byte> slice)
    {
        _slices.Add(slice);
        Length += slice.Length;
    }

    public async Task CopyToAsync(PipeWriter output, CancellationToken cancellationToken)
    {
        var pending = 0;
        foreach (var slice in _slices)
        {
            output.Write(slice.Span);
            pending += slice.Length;
            if (pending < FlushBytes)
                continue;
            await output.FlushAsync(cancellationToken);
            pending = 0;
        }

        await output.FlushAsync(cancellationToken);
    }
}
