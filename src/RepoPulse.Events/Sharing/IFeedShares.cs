namespace RepoPulse.Events;

/// <summary>Shares the watched feeds out among the collectors that run, so that each is polled by one of them.</summary>
public interface IFeedShares
{
    /// <summary>How often <see cref="RenewAsync"/> is to be called.</summary>
    TimeSpan RenewInterval { get; }

    /// <summary>
    /// Says that this collector lives: it keeps what it has, gives back what is more than its share or on no list any more, and takes what nobody
    /// has. The first call makes it known.
    /// </summary>
    /// <param name="tokens">The tokens it uses, and which of them GitHub makes wait: others that use them are told.</param>
    /// <exception cref="StorageException">The store cannot be reached; what the collector has it has until <see cref="FeedShare.HeldUntil"/>.</exception>
    ValueTask<FeedShare> RenewAsync(IReadOnlyCollection<TokenUse> tokens, DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>Gives everything back, so that others need not wait until it is known that this collector is gone.</summary>
    /// <exception cref="StorageException">The store cannot be reached; they will wait.</exception>
    ValueTask ReleaseAsync(CancellationToken cancellationToken);
}
