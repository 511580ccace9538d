namespace RepoPulse.FunctionalTests.Deployments;

/// <summary>A way of running RepoPulse, which the suites try without knowing how many processes there are.</summary>
internal interface IDeployment : IAsyncDisposable
{
    /// <summary>Where the processes that collect listen, once they were started.</summary>
    IReadOnlyList<Uri> Collectors { get; }

    /// <summary>Where the processes with an API listen, once they were started.</summary>
    IReadOnlyList<Uri> Apis { get; }

    /// <summary>Starts what is not running, and waits until all of it listens.</summary>
    /// <param name="settings">Options for every process.</param>
    Task StartAsync(params string[] settings);

    /// <summary>Runs a command on the deployment's store to its end, which must be a good one.</summary>
    Task RunAsync(params string[] arguments);

    /// <summary>Ends every process at once, without notice.</summary>
    Task KillAsync();

    /// <summary>Asks every process to end, and returns what they ended with.</summary>
    Task<IReadOnlyList<int>> StopAsync();
}
