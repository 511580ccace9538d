namespace RepoPulse.FunctionalTests.Processes;

/// <summary>Waits for what another process will do. There is no limit of its own: the hang guard of the run ends what never comes.</summary>
internal static class Eventually
{
    public static async Task<T> GetAsync<T>(Func<Task<T>> ask, Func<T, bool> isIt)
    {
        while (true)
        {
            var answer = await ask();
            if (isIt(answer))
                return answer;
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, TestContext.Current.CancellationToken);
        }
    }
}
