using GitHubSimulator.Json;
using GitHubSimulator.World;

namespace GitHubSimulator.Http;

/// <summary>GitHub's API over a world.</summary>
internal static class GitHubApi
{
    /// <summary>Where GitHub Enterprise Server has its API; it is answered there as well as at the root.</summary>
    private const string EnterprisePath = "/api/v3";

    public static void UseGitHub(this WebApplication app, GitHubWorld world)
    {
        var gate = new RequestGate(world);
        var repositories = new RepositoryResolver(world);
        app.UsePathBase(EnterprisePath);
        app.UseResponseCompression();
        app.Use(next => context => gate.PassAsync(context, next));
        app.UseRouting();
        new FeedEndpoints(world, repositories).Map(app);
        new RepositoryEndpoints(repositories).Map(app);
        new AccountEndpoints(world).Map(app);
        app.MapGet("/", (HttpContext context) => Root(Exchange.Of(context).BaseUrl));

        // GitHub answers 404 to a method that it does not support, too.
        app.Map("/{**path}", () => ErrorAnswers.NotFound());
    }

    private static ConditionalAnswer Root(string baseUrl) => new(JsonBody.Write(json =>
    {
        json.WriteStartObject();
        json.WriteString("current_user_url", $"{baseUrl}/user");
        json.WriteString("events_url", $"{baseUrl}/events");
        json.WriteString("rate_limit_url", $"{baseUrl}/rate_limit");
        json.WriteString("repository_url", $"{baseUrl}/repos/{{owner}}/{{repo}}");
        json.WriteEndObject();
    }));
}
