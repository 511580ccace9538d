namespace RepoPulse.Kafka;

/// <summary>
/// A follower that starts when it is first needed. There is one at a time: a caller that gives up waiting leaves it reading for the next,
/// and only one whose reading ended is replaced. Thread-safe.
/// </summary>
internal sealed class StartedFollower(Func<TopicFollower> create) : IAsyncDisposable
{
    private readonly SemaphoreSlim _starting = new(1, 1);
    private volatile TopicFollower? _follower;

    /// <summary>Why no records arrive; null while they do, and before the start.</summary>
    public string? Failure => _follower?.Failure;

    /// <summary>Returns once everything is applied that stood in the topics when the follower started.</summary>
    /// <exception cref="StorageException">The brokers do not respond.</exception>
    public async ValueTask<TopicFollower> GetAsync(CancellationToken cancellationToken)
    {
        var follower = _follower is { CaughtUp.IsFaulted: false } running ? running : await StartAsync(cancellationToken);
        await follower.CaughtUp.WaitAsync(cancellationToken);
        return follower;
    }

    public async ValueTask DisposeAsync()
    {
        if (_follower is not null)
            await _follower.DisposeAsync();
        _starting.Dispose();
    }

    private async ValueTask<TopicFollower> StartAsync(CancellationToken cancellationToken)
    {
        await _starting.WaitAsync(cancellationToken);
        try
        {
            if (_follower is { } former)
            {
                if (!former.CaughtUp.IsFaulted)
                    return former;
                _follower = null;
                await former.DisposeAsync();
            }

            var follower = create();
            // Kept before the first wait: a wait that is cancelled must not leave a thread behind that nobody knows of.
            _follower = follower;
            follower.Start();
            return follower;
        }
        finally
        {
            _starting.Release();
        }
    }
}
