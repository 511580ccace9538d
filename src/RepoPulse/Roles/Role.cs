namespace RepoPulse.Roles;

/// <summary>What a process does of the whole.</summary>
[Flags]
internal enum Role
{
    None = 0,

    /// <summary>Polling and retention.</summary>
    Collect = 1,

    /// <summary>Aggregation in the background, and the API.</summary>
    Serve = 2,

    /// <summary>Everything in one process.</summary>
    Run = Collect | Serve,
}
