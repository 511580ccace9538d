namespace RepoPulse.TestServers.Postgres;

/// <summary>What differs from a server as it is installed.</summary>
public sealed record PostgresServerOptions
{
    public int MaxConnections { get; init; } = 100;

    /// <summary>
    /// Commits wait for the disk. Tests that do not care are faster without; a restart loses nothing either way, only a power cut would.
    /// </summary>
    public bool Fsync { get; init; } = true;

    /// <summary>Other settings, such as <c>shared_buffers=256MB</c>.</summary>
    public IReadOnlyList<string> Settings { get; init; } = [];
}
