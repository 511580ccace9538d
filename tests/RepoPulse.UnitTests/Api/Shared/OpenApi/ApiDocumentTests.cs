using System.Text.Json;
using RepoPulse.UnitTests.Api.Support;

namespace RepoPulse.UnitTests.Api.Shared.OpenApi;

public sealed class ApiDocumentTests
{
    private const string Refresh = "REPOPULSE_UPDATE_DOCS";

    [Fact]
    public async Task The_committed_document_is_the_one_that_is_served()
    {
        await using var server = await ApiServer.StartAsync();
        var served = await server.GetTextAsync("/openapi/v1.json");
        var file = Path.Combine(RepositoryRoot(), "docs", "openapi.json");
        if (Environment.GetEnvironmentVariable(Refresh) == "1")
            await File.WriteAllTextAsync(file, served, TestContext.Current.CancellationToken);

        Assert.True(
            File.Exists(file) && await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken) == served,
            $"docs/openapi.json is not what the API serves. Run this test with {Refresh}=1 and read what changed.");
    }

    private const string WebhookPath = "/webhooks/github";
    private const string StreamPath = "/api/v1/stream";

    [Fact]
    public async Task Every_endpoint_is_described_with_its_parameters_and_errors()
    {
        await using var server = await ApiServer.StartAsync();
        var document = await server.GetJsonAsync("/openapi/v1.json");

        Assert.StartsWith("3.1", document.GetProperty("openapi").GetString());
        Assert.Equal(
            ["/api/v1/repositories", "/api/v1/repositories/{owner}/{name}", "/api/v1/repositories/{owner}/{name}/activity",
             "/api/v1/repositories/{owner}/{name}/badge.json", "/api/v1/repositories/{owner}/{name}/badge.svg",
             "/api/v1/repositories/{owner}/{name}/coverage",
             "/api/v1/repositories/{owner}/{name}/events", "/api/v1/repositories/{owner}/{name}/statistics", "/api/v1/statistics",
             "/api/v1/stream",
             "/health/live", "/health/ready", WebhookPath],
            document.GetProperty("paths").EnumerateObject().Select(path => path.Name).Order(StringComparer.Ordinal));
        foreach (var path in document.GetProperty("paths").EnumerateObject().Where(path => path.Name != WebhookPath))
        {
            var operation = Assert.Single(path.Value.EnumerateObject());
            Assert.Equal("get", operation.Name);
            Assert.NotEmpty(operation.Value.GetProperty("summary").GetString()!);
            var content = Assert.Single(
                operation.Value.GetProperty("responses").GetProperty("200").GetProperty("content").EnumerateObject());
            Assert.Equal(
                path.Name == StreamPath
                    ? ("text/event-stream", "string")
                    : path.Name.EndsWith(".svg", StringComparison.Ordinal) ? ("image/svg+xml", "string") : ("application/json", "object"),
                (content.Name, Resolve(document, content.Value.GetProperty("schema")).GetProperty("type").GetString()));
            foreach (var parameter in Parameters(operation.Value))
                Assert.NotEmpty(parameter.GetProperty("description").GetString()!);
            foreach (var variable in path.Name
                .Split('/')
                .Where(segment => segment.StartsWith('{'))
                .Select(segment => segment.Trim('{', '}')))
                Assert.Contains(Parameters(operation.Value), parameter => parameter.GetProperty("name").GetString() == variable);
            if (path.Name.StartsWith("/api", StringComparison.Ordinal) && path.Name != StreamPath)
                Assert.Contains(operation.Value.GetProperty("responses").EnumerateObject(), response => response.Name == "304");
        }
    }

    [Fact]
    public async Task A_documented_parameter_is_one_that_is_judged()
    {
        await using var server = await ApiServer.StartAsync();
        await server.Catalog.PutAsync(Some.Repository(1, "octo/pulse"));
        var document = await server.GetJsonAsync("/openapi/v1.json");

        foreach (var path in document.GetProperty("paths").EnumerateObject().Where(path => path.Name != WebhookPath))
        {
            foreach (var parameter in Parameters(path.Value.GetProperty("get")).Where(
                parameter => parameter.GetProperty("in").GetString() == "query"))
            {
                var target = path.Name.Replace("{owner}", "octo").Replace("{name}", "pulse");
                await server.GetProblemAsync(
                    System.Net.HttpStatusCode.BadRequest, $"{target}?{parameter.GetProperty("name").GetString()}=%20");
            }
        }
    }

    [Fact]
    public async Task Webhooks_are_described_though_there_is_no_such_endpoint_where_they_are_switched_off()
    {
        await using var server = await ApiServer.StartAsync();
        var document = await server.GetJsonAsync("/openapi/v1.json");
        var operation = document.GetProperty("paths").GetProperty(WebhookPath).GetProperty("post");
        Assert.Equal(["202", "400", "401", "404", "408", "413", "415", "503"], operation.GetProperty("responses")
            .EnumerateObject()
            .Select(response => response.Name));
        Assert.Equal("object", Resolve(document, operation.GetProperty("responses")
            .GetProperty("401")
            .GetProperty("content")
            .GetProperty("application/problem+json")
            .GetProperty("schema")).GetProperty("type").GetString());

        using var response = await server.SendAsync(HttpMethod.Post, WebhookPath);
        await ApiServer.ReadProblemAsync(System.Net.HttpStatusCode.NotFound, response);
    }

    private static JsonElement[] Parameters(JsonElement operation) =>
        operation.TryGetProperty("parameters", out var parameters) ? [.. parameters.EnumerateArray()] : [];

    private static JsonElement Resolve(JsonElement document, JsonElement schema) => schema.TryGetProperty("$ref", out var reference)
        ? document.GetProperty("components").GetProperty("schemas").GetProperty(reference.GetString()!.Split('/')[^1])
        : schema;

    private static string RepositoryRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "RepoPulse.slnx")))
            folder = folder.Parent;
        return folder?.FullName ?? throw new InvalidOperationException($"RepoPulse.slnx is in no folder above {AppContext.BaseDirectory}.");
    }
}
