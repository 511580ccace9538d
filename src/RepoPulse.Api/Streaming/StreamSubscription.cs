namespace RepoPulse.Api.Streaming;

/// <summary>How far a reader has come with the messages that all share. Used under the buffer's lock.</summary>
/// <param name="dropped">Cancelled where the next message is gone: the reader was too slow.</param>
internal sealed class StreamSubscription(CancellationTokenSource dropped)
{
    /// <summary>The number of the next message; null while the reader reads the log by itself.</summary>
    public long? Next { get; set; }

    /// <summary>What waits for the reader goes on elsewhere, not here in the midst of others' messages.</summary>
    public void Drop()
    {
        Next = null;
        _ = dropped.CancelAsync();
    }
}
