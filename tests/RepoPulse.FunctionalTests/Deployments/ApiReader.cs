using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using GitHubSimulator.World;
using RepoPulse.FunctionalTests.Processes;

namespace RepoPulse.FunctionalTests.Deployments;

/// <summary>Asks every API of a deployment: what one says the others must say too.</summary>
internal sealed class ApiReader(IDeployment deployment) : IDisposable
{
    private readonly HttpClient _http = new();

    /// <summary>The key that the APIs ask for.</summary>
    public string? Key
    {
        set => _http.DefaultRequestHeaders.Authorization = value is null ? null : new AuthenticationHeaderValue("Bearer", value);
    }

    /// <summary>Asks each until its response is the one that is waited for; one of these responses.</summary>
    public async Task<JsonElement> GetAsync(string path, Func<JsonElement, bool>? isIt = null) => (await GetEachAsync(path, isIt))[^1];

    /// <summary>Asks each until its response is the one that is waited for; a response of each.</summary>
    public async Task<IReadOnlyList<JsonElement>> GetEachAsync(string path, Func<JsonElement, bool>? isIt = null)
    {
        var answers = new List<JsonElement>();
        foreach (var api in deployment.Apis)
            answers.Add(await Eventually.GetAsync(() => GetAsync(api, path), answer => isIt?.Invoke(answer) ?? true));
        return answers;
    }

    /// <summary>Waits until each counts so many events in the window of a repository.</summary>
    public Task<JsonElement> CountedAsync(string repository, int events) =>
        GetAsync(Statistics(repository), statistics => Events(statistics) == events);

    /// <summary>Waits until each shows these events of a repository and no others, each once.</summary>
    public async Task HeldAsync(string repository, IEnumerable<ShownEvent> events)
    {
        var expected = events.Select(Id).Order(StringComparer.Ordinal).ToArray();
        foreach (var api in deployment.Apis)
        {
            var held = await Eventually.GetAsync(
                () => ReadIdsAsync(api, repository), held => held.Count >= expected.Length && expected.All(held.Contains));
            Assert.Equal(expected, held.Order(StringComparer.Ordinal));
        }

        await GetAsync(Statistics(repository), statistics => Events(statistics) >= expected.Length);
    }

    /// <summary>Compares what each says with a plain computation over all these events.</summary>
    public async Task AssertStatisticsAsync(string repository, IEnumerable<ShownEvent> events)
    {
        foreach (var statistics in await GetEachAsync(Statistics(repository)))
            NaiveStatistics.AssertEqual(
                statistics, events.Select(e => (Id(e), e.Type, e.CreatedAt)), TimeProvider.System.GetUtcNow(), TimeSpan.FromDays(7), 500);
    }

    public Task<HttpResponseMessage> SendAsync(HttpRequestMessage request) =>
        _http.SendAsync(request, TestContext.Current.CancellationToken);

    public void Dispose() => _http.Dispose();

    private static string Statistics(string repository) => $"api/v1/repositories/{repository}/statistics";

    private static int Events(JsonElement statistics) => statistics.GetProperty("total").GetProperty("events").GetInt32();

    private static string Id(ShownEvent e) => e.Id.ToString(CultureInfo.InvariantCulture);

    private async Task<IReadOnlyCollection<string>> ReadIdsAsync(Uri api, string repository)
    {
        var held = new List<string>();
        string? cursor = null;
        do
        {
            var page = await GetAsync(
                api, $"api/v1/repositories/{repository}/events?limit=1000{(cursor is null ? "" : $"&cursor={cursor}")}");
            held.AddRange(page.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("id").GetString()!));
            cursor = page.GetProperty("next").GetString();
        }
        while (cursor is not null);
        return held;
    }

    private async Task<JsonElement> GetAsync(Uri api, string path)
    {
        // Until the API is ready, and until the repository is known, there is nothing to compare.
        using var response = await Eventually.GetAsync(
            () => _http.GetAsync(new Uri(api, path)),
            answer => answer.StatusCode is not (HttpStatusCode.ServiceUnavailable or HttpStatusCode.NotFound));
        response.EnsureSuccessStatusCode();
        return await response.Content.ReadFromJsonAsync<JsonElement>();
    }
}
