using RepoPulse.GitHub;

namespace RepoPulse.Collector.Polling;

/// <summary>
/// Which feeds are this collector's: registers its list, renews its lease of what all lists name, and exchanges with other collectors what
/// is known of the tokens. One thread at a time.
/// </summary>
internal sealed class FeedAssignment(
    IWatchList watchList,
    IFeedLeases leases,
    TokenPool tokens,
    CollectorOptions options,
    CollectorStatus status,
    CollectorMetrics metrics)
{
    /// <summary>How often the list is registered again: it lapses after a day.</summary>
    private static readonly TimeSpan RegistrationInterval = TimeSpan.FromMinutes(10);

    private TimeSpan _registrationDue = TimeSpan.MinValue;
    private TimeSpan _renewalDue = TimeSpan.MinValue;

    /// <summary>Until when the feeds are this collector's, in steady time; later none may be begun.</summary>
    public TimeSpan HeldUntil { get; private set; } = TimeSpan.MinValue;

    /// <summary>When there is something to do next, in steady time.</summary>
    public TimeSpan NextDue => _renewalDue < _registrationDue ? _renewalDue : _registrationDue;

    /// <summary>Registers and renews what is due; null where the lease was not.</summary>
    /// <exception cref="StorageException">The list cannot be registered, or the lease not be renewed.</exception>
    public async ValueTask<FeedLease?> RefreshAsync(DateTimeOffset now, TimeSpan steady, CancellationToken cancellationToken)
    {
        if (steady >= _registrationDue)
        {
            await watchList.RegisterAsync(options.Name, options.Feeds, now, cancellationToken);
            _registrationDue = steady + RegistrationInterval;
            _renewalDue = steady;
        }

        if (steady < _renewalDue)
            return null;
        var lease = await leases.RenewAsync(Uses(now), now, cancellationToken);
        // Counted from before the store was asked, so that the lease there lasts longer.
        HeldUntil = lease.HeldUntil == DateTimeOffset.MaxValue ? TimeSpan.MaxValue : steady + (lease.HeldUntil - now);
        tokens.Apply(lease.Tokens);
        _renewalDue = steady + leases.RenewInterval;
        return lease;
    }

    /// <summary>Has the list registered and the lease renewed at the next call.</summary>
    public void Hasten(TimeSpan steady) => _registrationDue = _renewalDue = steady;

    /// <summary>Reports how many feeds this collector polls.</summary>
    public void Watching(int feeds)
    {
        status.Watching(feeds);
        metrics.Watching(feeds);
    }

    /// <exception cref="StorageException">The feeds cannot be given back; the other collectors wait until it is known that this one is
    /// gone.</exception>
    public ValueTask ReleaseAsync(CancellationToken cancellationToken) => leases.ReleaseAsync(cancellationToken);

    /// <summary>What other collectors are to know of the tokens. An address without one is nobody else's.</summary>
    private TokenUse[] Uses(DateTimeOffset now) =>
    [
        .. tokens.Tokens.Where(token => !token.IsAnonymous).Select(token => new TokenUse(
            token.Name, token.Account.BlockedUntil is { } until && until > now ? until - now : TimeSpan.Zero)),
    ];
}
