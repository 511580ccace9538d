using System.Globalization;
using GitHubSimulator.Json;
using GitHubSimulator.World;

namespace GitHubSimulator.Http;

/// <summary>Finds the endpoint of a path.</summary>
internal sealed class Router
{
    private readonly FeedEndpoints _feeds;
    private readonly RepositoryEndpoints _repositories;
    private readonly AccountEndpoints _accounts;
    private readonly AppEndpoints _apps;

    public Router(GitHubWorld world)
    {
        var resolver = new RepositoryResolver(world);
        _feeds = new FeedEndpoints(world, resolver);
        _repositories = new RepositoryEndpoints(resolver);
        _accounts = new AccountEndpoints(world);
        _apps = new AppEndpoints(world);
    }

    /// <summary>GitHub responds with 404 to a method that it does not support, too.</summary>
    public ApiAnswer Answer(Exchange exchange) =>
        (exchange.Request.Method switch
        {
            "GET" => Get(exchange, exchange.Request.Segments),
            "POST" => Post(exchange, exchange.Request.Segments),
            _ => null,
        }) ?? ErrorAnswers.NotFound();

    private ApiAnswer? Post(Exchange exchange, string[] path) =>
        path is ["app", "installations", var id, "access_tokens"] && IsId(id, out var number)
        ? _apps.CreateToken(exchange, number)
        : null;

    private ApiAnswer? Get(Exchange exchange, string[] path) => path switch
    {
        [] => Root(exchange),
        ["events"] => _feeds.OfEveryone(exchange),
        ["repos", var owner, var name, "events"] => _feeds.OfRepository(exchange, $"{owner}/{name}"),
        ["repos", var owner, var name] => _repositories.Describe(exchange, $"{owner}/{name}"),
        ["repositories", var id, "events"] when IsId(id, out var number) => _feeds.OfRepository(exchange, number),
        ["repositories", var id] when IsId(id, out var number) => _repositories.Describe(exchange, number),
        ["orgs", var login, "events"] => _feeds.OfOrganization(exchange, login),
        ["organizations", var id, "events"] when IsId(id, out var number) => _feeds.OfOrganization(exchange, number),
        ["rate_limit"] => _accounts.RateLimit(exchange),
        ["user"] => AccountEndpoints.User(exchange),
        _ => null,
    };

    private static bool IsId(string text, out long id) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out id);

    private static ApiAnswer Root(Exchange exchange) => ConditionalAnswer.Of(exchange, JsonBody.Write(json =>
    {
        var baseUrl = exchange.BaseUrl;
        json.WriteStartObject();
        json.WriteString("current_user_url", $"{baseUrl}/user");
        json.WriteString("events_url", $"{baseUrl}/events");
        json.WriteString("rate_limit_url", $"{baseUrl}/rate_limit");
        json.WriteString("repository_url", $"{baseUrl}/repos/{{owner}}/{{repo}}");
        json.WriteEndObject();
    }));
}
