namespace RepoPulse.FunctionalTests.Deployments;

/// <summary>A way of running RepoPulse, which the suite tries without knowing how many processes there are.</summary>
internal interface IDeployment : IAsyncDisposable
{
    /// <summary>Starts what is not running; answers once the API listens.</summary>
    /// <param name="settings">Options for every process.</param>
    Task<Uri> StartAsync(params string[] settings);

    /// <summary>Where the process that collects answers, once it was started.</summary>
    Uri Collector { get; }

    /// <summary>Runs a command on the deployment's store to its end, which must be a good one.</summary>
    Task RunAsync(params string[] arguments);

    /// <summary>Ends every process at once, without notice.</summary>
    Task KillAsync();

    /// <summary>Asks every process to end, and answers with what they ended with.</summary>
    Task<IReadOnlyList<int>> StopAsync();
}
