namespace RepoPulse.Api.View;

/// <summary>How the following of the catalog goes. Written by the follower alone; read from anywhere.</summary>
internal sealed class CatalogStatus
{
    private volatile Snapshot _current = new(null, null);

    public Snapshot Current => _current;

    /// <summary>Whether the whole catalog has been read once.</summary>
    public bool Read => _current.InStepAt is not null;

    public void SetRead(DateTimeOffset at) => _current = new(at, null);

    public void SetFailure(string failure) => _current = _current with { Failure = failure };

    /// <param name="InStepAt">When the view last held everything that the catalog did; null until it does for the first time.</param>
    /// <param name="Failure">What the last attempt failed with; null where it did not.</param>
    public sealed record Snapshot(DateTimeOffset? InStepAt, string? Failure);
}
