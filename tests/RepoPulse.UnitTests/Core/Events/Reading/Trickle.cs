namespace RepoPulse.UnitTests.Core.Events.Reading;

/// <summary>
/// A stream that gives a few bytes at a time, and then what it is set to: nothing more, a failure, or no response at all.
/// </summary>
internal sealed class Trickle(byte[] content, int atMost, Exception? failure = null, bool hangs = false) : MemoryStream(content)
{
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (Position == Length && failure is not null)
            throw failure;
        // As a terminal's input, it does not hear of cancellation.
        if (Position == Length && hangs)
            await new TaskCompletionSource().Task;
        return await base.ReadAsync(buffer[..Math.Min(atMost, buffer.Length)], cancellationToken);
    }
}
