namespace RepoPulse.Events;

/// <summary>A secret that belongs to a log: the same for every process that reads it, and known to nobody else.</summary>
public interface ILogSecret
{
    /// <summary>At least 16 random bytes, which stay the same for as long as the log does.</summary>
    /// <exception cref="StorageException">The store cannot be reached or read.</exception>
    ValueTask<ReadOnlyMemory<byte>> ReadAsync(CancellationToken cancellationToken);
}
