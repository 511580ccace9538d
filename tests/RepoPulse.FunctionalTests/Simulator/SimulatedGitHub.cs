using System.Net;
using System.Text.Json;
using GitHubSimulator;
using GitHubSimulator.World;
using Microsoft.Extensions.Time.Testing;

namespace RepoPulse.FunctionalTests.Simulator;

/// <summary>A simulator in memory on a clock that stands until it is advanced.</summary>
internal sealed class SimulatedGitHub : IAsyncDisposable
{
    public static readonly DateTimeOffset Start = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);

    private SimulatedGitHub(FakeTimeProvider time, SimulatorServer server)
    {
        Time = time;
        Server = server;
        Client = server.CreateClient();
    }

    public FakeTimeProvider Time { get; }

    public SimulatorServer Server { get; }

    public GitHubWorld World => Server.World;

    public HttpClient Client { get; }

    public static async Task<SimulatedGitHub> StartAsync(WorldOptions? options = null)
    {
        var time = new FakeTimeProvider(Start);
        return new SimulatedGitHub(time, await SimulatorServer.StartInMemoryAsync(new GitHubWorld(time, options)));
    }

    /// <summary>Adds events a minute apart, the last of them a minute before the start.</summary>
    public SimulatedRepository AddRepository(string name, int events)
    {
        var repository = World.Repository(name);
        for (var i = events; i > 0; i--)
            repository.Add("WatchEvent", Start.AddMinutes(-i));
        return repository;
    }

    public async Task<HttpResponseMessage> GetAsync(string path, string? token = null, string? tag = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (token is not null)
            request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {token}");
        if (tag is not null)
            request.Headers.TryAddWithoutValidation("If-None-Match", tag);
        return await Client.SendAsync(request);
    }

    public async Task<HttpStatusCode> GetStatusAsync(string path, string? token = null, string? tag = null)
    {
        using var response = await GetAsync(path, token, tag);
        return response.StatusCode;
    }

    public async Task<JsonElement> GetJsonAsync(string path, string? token = null)
    {
        using var response = await GetAsync(path, token);
        return await ReadJsonAsync(response);
    }

    public async Task<List<string>> GetIdsAsync(string path, string? token = null) =>
        [.. (await GetJsonAsync(path, token)).EnumerateArray().Select(e => e.GetProperty("id").GetString()!)];

    public static async Task<JsonElement> ReadJsonAsync(HttpResponseMessage response)
    {
        await using var body = await response.Content.ReadAsStreamAsync();
        using var document = await JsonDocument.ParseAsync(body);
        return document.RootElement.Clone();
    }

    public static string? Header(HttpResponseMessage response, string name) =>
        response.Headers.TryGetValues(name, out var values) ? string.Join(", ", values) : null;

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await Server.DisposeAsync();
    }
}
