namespace RepoPulse.Core;

/// <summary>Shares the watched feeds out among the collectors that run, so that each is polled by one of them.</summary>
public interface IFeedLeases
{
    /// <summary>How often <see cref="RenewAsync"/> is to be called.</summary>
    TimeSpan RenewInterval { get; }

    /// <summary>
    /// Says that this collector lives: it keeps what it has, gives back what is more than its share or on no list any more, and takes what
    /// nobody has. The first call makes it known.
    /// </summary>
    /// <param name="tokens">The tokens it uses, and which of them GitHub makes wait: other collectors that use them are informed.</param>
    /// <exception cref="StorageException">The store cannot be reached; what the collector has it has until
    /// <see cref="FeedLease.HeldUntil"/>.</exception>
    ValueTask<FeedLease> RenewAsync(IReadOnlyCollection<TokenUse> tokens, DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>Gives everything back, so that others need not wait until it is known that this collector is gone.</summary>
    /// <exception cref="StorageException">The store cannot be reached; they will wait.</exception>
    ValueTask ReleaseAsync(CancellationToken cancellationToken);
}

/// <summary>A collector's lease, as a difference to the one before.</summary>
public sealed record FeedLease
{
    public IReadOnlyList<WatchedFeed> Gained { get; init; } = [];

    public IReadOnlyList<FeedAddress> Lost { get; init; } = [];

    /// <summary>Until then nobody else polls its feeds, by the clock that was given; later it must not begin to poll one.</summary>
    public DateTimeOffset HeldUntil { get; init; } = DateTimeOffset.MaxValue;

    /// <summary>Of the tokens that were given those that other collectors use too, or know of that they have to wait.</summary>
    public IReadOnlyList<TokenReport> Tokens { get; init; } = [];
}

/// <summary>What all collectors together know of a token.</summary>
/// <param name="Token">As in <see cref="TokenUse"/>.</param>
/// <param name="Collectors">How many use it, the asking one included: each has as many times less of its limits.</param>
/// <param name="Wait">How long GitHub makes it wait from now, whichever collector was refused.</param>
public readonly record struct TokenReport(string Token, int Collectors, TimeSpan Wait);

/// <summary>A token that a collector uses.</summary>
/// <param name="Token">What distinguishes it from others and reveals nothing of it.</param>
/// <param name="Wait">How long GitHub makes it wait from now; zero where it does not.</param>
public readonly record struct TokenUse(string Token, TimeSpan Wait)
{
    /// <summary>No token waits for longer: the longest <c>Retry-After</c> that is obeyed. What others say of a wait is cut to it.</summary>
    public static readonly TimeSpan MaxWait = TimeSpan.FromDays(1);
}
