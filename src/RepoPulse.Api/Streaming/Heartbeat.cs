using RepoPulse.Events;

namespace RepoPulse.Api.Streaming;

/// <summary>That the stream is alive. It brings an id, so that a reader to whom nothing is told has not far to go back.</summary>
internal sealed record Heartbeat(LogPosition Position, string Id) : StreamMessage(Position, Id);
