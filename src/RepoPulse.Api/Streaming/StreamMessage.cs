using RepoPulse.Events;

namespace RepoPulse.Api.Streaming;

/// <summary>Something that every reader is told, made once for all of them.</summary>
/// <param name="Position">Before which everything has been told once this has.</param>
internal abstract record StreamMessage(LogPosition Position, string Id)
{
    /// <summary>How much memory it takes, nearly.</summary>
    public virtual int Size => 256;
}
