using RepoPulse.Events;

namespace RepoPulse.Api.Streaming;

/// <summary>What an id says: everything before the position has been told, at that time.</summary>
internal readonly record struct StreamPlace(LogPosition Position, DateTimeOffset ToldAt);
