namespace RepoPulse.Commands;

/// <summary>What a command's process ends with. An interrupted one ends with 128 and the signal's number instead.</summary>
internal static class ExitCode
{
    public const int Done = 0;

    /// <summary>Failed while running.</summary>
    public const int Failed = 1;

    /// <summary>The usage or the configuration was wrong: nothing was begun.</summary>
    public const int Wrong = 2;
}
