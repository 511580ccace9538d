namespace RepoPulse.Api.View;

/// <summary>How the following of the catalog goes. Written by the follower alone; read from anywhere.</summary>
internal sealed class CatalogStatus
{
    private volatile bool _read;
    private volatile string? _failure;

    /// <summary>Whether the whole catalog has been read once.</summary>
    public bool Read => _read;

    /// <summary>What the last attempt failed with; null where it did not.</summary>
    public string? Failure => _failure;

    public void SetRead()
    {
        _read = true;
        _failure = null;
    }

    public void SetFailure(string failure) => _failure = failure;
}
