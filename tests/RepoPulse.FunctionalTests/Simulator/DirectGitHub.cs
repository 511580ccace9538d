using System.Net;
using System.Text.Json;
using GitHubSimulator;
using GitHubSimulator.Faults;
using GitHubSimulator.World;
using Microsoft.Extensions.Time.Testing;

namespace RepoPulse.FunctionalTests.Simulator;

/// <summary>A world on a clock that stands until it is advanced, asked without a server.</summary>
internal sealed class DirectGitHub : IDisposable
{
    public DirectGitHub(WorldOptions? options = null)
    {
        World = new GitHubWorld(Time, options);
        Client = new HttpClient(new DirectHandler(World))
        {
            BaseAddress = new Uri("http://localhost/"),
            Timeout = Timeout.InfiniteTimeSpan
        };
        Client.DefaultRequestHeaders.UserAgent.ParseAdd("test");
    }

    public static DateTimeOffset Start => SimulatedGitHub.Start;

    public FakeTimeProvider Time { get; } = new(SimulatedGitHub.Start);

    public GitHubWorld World { get; }

    public HttpClient Client { get; }

    /// <summary>Asks, and lets time pass until the response has come.</summary>
    public async Task<HttpResponseMessage> GetAsync(string path, string? token = null, string? tag = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (token is not null)
            request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {token}");
        if (tag is not null)
            request.Headers.TryAddWithoutValidation("If-None-Match", tag);
        var answer = Client.SendAsync(request);
        while (!answer.IsCompleted)
        {
            Time.Advance(TimeSpan.FromSeconds(0.25));
            await Task.Yield();
        }

        return await answer;
    }

    public async Task<HttpStatusCode> GetStatusAsync(string path, string? token = null)
    {
        using var response = await GetAsync(path, token);
        return response.StatusCode;
    }

    public async Task<List<string>> GetIdsAsync(string path, string? token = null)
    {
        using var response = await GetAsync(path, token);
        return [.. (await SimulatedGitHub.ReadJsonAsync(response)).EnumerateArray().Select(e => e.GetProperty("id").GetString()!)];
    }

    /// <summary>What came of a request: its status, how its connection ended, or that its body is no JSON.</summary>
    public async Task<string> OutcomeAsync(string path)
    {
        try
        {
            var began = Time.GetUtcNow();
            using var response = await GetAsync(path);
            var text = await response.Content.ReadAsStringAsync();
            var took = Time.GetUtcNow() - began;
            return $"{(int)response.StatusCode}{(IsJson(text) ? "" : " no JSON")}{(took > TimeSpan.FromSeconds(4) ? " slow" : "")}";
        }
        catch (HttpRequestException e)
        {
            return e.StatusCode is null && e.InnerException is HttpIOException ? "half" : "cut";
        }
    }

    public void SetWeather(FaultWeatherOptions options, int seed = 1) => World.Weather = new FaultWeather(seed, options);

    public void Dispose() => Client.Dispose();

    private static bool IsJson(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
