namespace RepoPulse.GitHub.Tokens;

/// <summary>Whether anything can be asked of GitHub.</summary>
public enum PoolCondition
{
    /// <summary>With one token at least.</summary>
    Usable,

    /// <summary>Every token that GitHub has not refused waits for a limit to end.</summary>
    Waiting,

    /// <summary>GitHub refused every token: nothing can be asked until someone changes the configuration.</summary>
    Exhausted,
}
