using System.Net;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Routing;
using RepoPulse.Api;
using RepoPulse.Hosting;
using RepoPulse.UnitTests.Api.Support;
using RepoPulse.UnitTests.Commands;
using RepoPulse.UnitTests.Configuration;

namespace RepoPulse.UnitTests.Api.View;

/// <summary>
/// A hidden repository is as one never heard of: two servers, one of which has never heard of any, respond alike to whatever is asked.
/// </summary>
public sealed class HiddenRepositoryTests
{
    public static TheoryData<int> Rules => [.. Enumerable.Range(0, HiddenWorld.Rules.Length)];

    [Theory]
    [InlineData("run")]
    [InlineData("serve")]
    [InlineData("collect")]
    [InlineData("aggregate", "--EventLog:Provider=Kafka", "--Kafka:BootstrapServers=k:9092")]
    [InlineData("archive", "--EventLog:Provider=Kafka", "--Kafka:BootstrapServers=k:9092")]
    public async Task Every_endpoint_that_is_mapped_is_walked(string role, params string[] options)
    {
        using var settings = new SettingsFixture();
        using var commands = new CommandLineFixture();
        await using var app = RoleHost.Build(
            commands.Context, settings.Settings(
            [
                $"--Storage:ConnectionString=Data Source={settings.Folder}/none.db", "--Webhooks:Secret=secret", .. options
            ]), Enum.Parse<Role>(role, ignoreCase: true));

        var mapped = ((IEndpointRouteBuilder)app).DataSources.SelectMany(source => source.Endpoints).ToList();

        Assert.All(
            mapped, endpoint => Assert.Contains(Assert.IsType<RouteEndpoint>(endpoint).RoutePattern.RawText!, EndpointWalk.Paths.Keys));
        if (role == "run")
            Assert.Equal(EndpointWalk.Paths.Keys.Order(StringComparer.Ordinal), mapped.Cast<RouteEndpoint>()
                .Select(endpoint => endpoint.RoutePattern.RawText)
                .Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Rules))]
    public async Task No_answer_gives_a_hidden_repository_away(int rules)
    {
        var (innocent, whole) = await HiddenWorld.StartAsync(HiddenWorld.Rules[rules]);
        await using (innocent)
        await using (whole)
            await CompareAsync(innocent, whole);
    }

    [Fact]
    public async Task Nor_does_one_while_the_store_is_away()
    {
        var (innocent, whole) = await HiddenWorld.StartAsync(HiddenWorld.Rules[0]);
        await using (innocent)
        await using (whole)
        {
            HiddenWorld.LoseLog(innocent, whole);
            await CompareAsync(innocent, whole);
        }
    }

    [Fact]
    public async Task Nor_does_one_before_the_events_held_are_read()
    {
        var options = new ApiOptions { Repositories = HiddenWorld.Rules[0] };
        await using var innocent = await ApiServer.StartAsync(options, ready: false);
        await using var whole = await ApiServer.StartAsync(options, ready: false);
        await innocent.Catalog.WaitUntilFollowedAsync();
        await whole.Catalog.WaitUntilFollowedAsync();
        await whole.Catalog.PutAsync(HiddenWorld.Hidden);
        whole.Aggregator.Set(whole.Aggregator.Current with { EventsFolded = 999, Repositories = 5 });

        await CompareAsync(innocent, whole);
    }

    [Theory]
    [MemberData(nameof(Rules))]
    public async Task One_that_was_shown_until_it_was_renamed_leaves_no_trace(int rules)
    {
        var (innocent, whole) = await HiddenWorld.StartAsync(HiddenWorld.Rules[rules]);
        await using (innocent)
        await using (whole)
        {
            await whole.Catalog.PutAsync(Some.Repository(13, "octo/Was"));
            await HiddenWorld.FillAsync(whole, 13);
            Assert.Equal(HttpStatusCode.OK, (await whole.GetAsync("/api/v1/repositories/octo/was")).StatusCode);

            await whole.Catalog.PutAsync(Some.Repository(13, "secret/later", "octo/Was"));

            await CompareAsync(innocent, whole);
        }
    }

    [Theory]
    [MemberData(nameof(Rules))]
    public async Task One_that_was_hidden_until_it_was_renamed_is_as_one_that_always_was_shown(int rules)
    {
        var (innocent, whole) = await HiddenWorld.StartAsync(HiddenWorld.Rules[rules]);
        await using (innocent)
        await using (whole)
        {
            await whole.Catalog.PutAsync(Some.Repository(4, "secret/later"));
            await HiddenWorld.FillAsync(whole, 4);
            await CompareAsync(innocent, whole);

            await innocent.Catalog.PutAsync(Some.Repository(4, "octo/late", "secret/later"));
            await HiddenWorld.FillAsync(innocent, 4);
            await whole.Catalog.PutAsync(Some.Repository(4, "octo/late", "secret/later"));

            Assert.Equal(HttpStatusCode.OK, (await whole.GetAsync("/api/v1/repositories/octo/late")).StatusCode);
            await CompareAsync(innocent, whole);
        }
    }

    /// <summary>Asks both servers the same, by every method and to the end of every list, and compares all that comes back.</summary>
    private static async Task CompareAsync(ApiServer innocent, ApiServer whole)
    {
        foreach (var path in EndpointWalk.Paths.Values.SelectMany(paths => paths))
        {
            foreach (var method in new[] { HttpMethod.Head, HttpMethod.Post, HttpMethod.Options })
                await CompareAsync(innocent, whole, method, path);

            if (await CompareAsync(innocent, whole, HttpMethod.Get, path) is not { } body || !body.TryGetProperty("next", out _))
                continue;
            var page = $"{path}{(path.Contains('?', StringComparison.Ordinal) ? '&' : '?')}limit=1";
            for (var asked = page; asked is not null;)
            {
                var next = (await CompareAsync(innocent, whole, HttpMethod.Get, asked))?.GetProperty("next").GetString();
                asked = next is null ? null : $"{page}&cursor={next}";
            }
        }
    }

    /// <returns>The body, where both respond with 200 and JSON.</returns>
    private static async Task<JsonElement?> CompareAsync(ApiServer innocent, ApiServer whole, HttpMethod method, string path)
    {
        using var expected = await innocent.SendAsync(method, path);
        using var actual = await whole.SendAsync(method, path);
        Assert.Equal($"{method} {path}\n{await TextAsync(expected)}", $"{method} {path}\n{await TextAsync(actual)}");

        // A client that remembers a response of the one learns from the other that nothing is new.
        if (method == HttpMethod.Get && expected.Headers.ETag is { } tag)
            Assert.Equal(HttpStatusCode.NotModified, (await whole.GetAsync(path, ("If-None-Match", tag.Tag))).StatusCode);
        return method == HttpMethod.Get
            && expected is { StatusCode: HttpStatusCode.OK, Content.Headers.ContentType.MediaType: "application/json" }
            ? JsonDocument.Parse(await expected.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).RootElement
            : null;
    }

    /// <summary>All of a response: the status, every header, the body.</summary>
    private static async Task<string> TextAsync(HttpResponseMessage response)
    {
        var text = new StringBuilder().Append((int)response.StatusCode).Append('\n');
        foreach (var (name, values) in response.Headers
            .Concat(response.Content.Headers)
            .OrderBy(header => header.Key, StringComparer.Ordinal))
            text.Append(name).Append(": ").AppendJoin(", ", values).Append('\n');
        return text.Append(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ToString();
    }
}
