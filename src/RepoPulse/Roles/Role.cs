namespace RepoPulse.Roles;

/// <summary>What a process does of the whole.</summary>
[Flags]
internal enum Role
{
    None = 0,

    /// <summary>Polling, webhooks and, over SQL, retention.</summary>
    Collect = 1,

    /// <summary>The API; over SQL aggregation in the background too.</summary>
    Serve = 2,

    /// <summary>Aggregation alone, over Kafka.</summary>
    Aggregate = 4,

    /// <summary>Copying the log of Kafka into a database, and retention there.</summary>
    Archive = 8,

    /// <summary>Everything in one process, over SQL.</summary>
    Run = Collect | Serve,
}
