namespace RepoPulse.FunctionalTests.Deployments;

/// <summary>Where the processes of a deployment keep what they share.</summary>
internal interface IStore : IAsyncDisposable
{
    /// <summary>The options that name it to a command.</summary>
    Task<string[]> SettingsAsync(string command);
}
