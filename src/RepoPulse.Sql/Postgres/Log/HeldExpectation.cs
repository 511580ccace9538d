namespace RepoPulse.Sql.Postgres.Log;

/// <summary>Whether the last large batch was held in part: an import that is repeated goes on so, and polls bring what is new.</summary>
internal sealed class HeldExpectation
{
    private volatile bool _isHeld;

    public bool IsHeld
    {
        get => _isHeld;
        set => _isHeld = value;
    }
}
