using System.Net;

namespace RepoPulse.FunctionalTests.Processes;

/// <summary>Waits for what another process will do.</summary>
internal static class Eventually
{
    /// <summary>Far more than anything takes: what did not come until then is missing, and the test says what came in its place.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(3);

    public static async Task<T> GetAsync<T>(Func<Task<T>> ask, Func<T, bool> isIt)
    {
        var began = TimeProvider.System.GetTimestamp();
        while (true)
        {
            object? last;
            try
            {
                var answer = await ask();
                if (isIt(answer))
                    return answer;
                last = answer;
            }
            catch (HttpRequestException e) when (e.StatusCode == HttpStatusCode.ServiceUnavailable)
            {
                // A service that listens already may still be reading what it is to serve.
                last = e.Message;
            }

            if (TimeProvider.System.GetElapsedTime(began) > Limit)
                throw new TimeoutException($"What was waited for did not come within {Limit}. The last response was: {Describe(last)}");
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, TestContext.Current.CancellationToken);
        }
    }

    private static string Describe(object? response) =>
        response is System.Collections.IEnumerable items and not string ? $"[{string.Join(", ", items.Cast<object?>())}]" : $"{response}";
}
