using System.Text.Json;
using GitHubSimulator.Accounts;
using GitHubSimulator.Json;
using GitHubSimulator.World;

namespace GitHubSimulator.Http;

/// <summary>Who one is and what one may still ask.</summary>
internal sealed class AccountEndpoints(GitHubWorld world)
{
    public ApiAnswer RateLimit(Exchange exchange)
    {
        var now = world.Time.GetUtcNow();
        var core = exchange.Account.Quota(now);
        return JsonAnswer.Of(200, json =>
        {
            json.WriteStartObject();
            json.WriteStartObject("resources");
            WriteQuota(json, "core", core);
            WriteQuota(json, "search", new QuotaReading(exchange.Account.IsAuthenticated ? 30 : 10, 0, now + TimeSpan.FromMinutes(1)));
            WriteQuota(json, "graphql", new QuotaReading(exchange.Account.IsAuthenticated ? 5_000 : 0, 0, now + TimeSpan.FromHours(1)));
            json.WriteEndObject();
            WriteQuota(json, "rate", core);
            json.WriteEndObject();
        }).With("Cache-Control", "no-cache");
    }

    public static ApiAnswer User(Exchange exchange) => exchange.User?.Kind switch
    {
        null => ErrorAnswers.RequiresAuthentication("https://docs.github.com/rest/users/users#get-the-authenticated-user"),
        AccountKind.Installation => ErrorAnswers.NotForApps(),
        _ => Describe(exchange, exchange.User),
    };

    private static ApiAnswer Describe(Exchange exchange, Account user) => ConditionalAnswer.Of(exchange, JsonBody.Write(json =>
    {
        json.WriteStartObject();
        json.WriteString("login", user.Name);
        json.WriteNumber("id", user.Id);
        json.WriteString("url", $"{exchange.BaseUrl}/users/{user.Name}");
        json.WriteString("html_url", $"https://github.com/{user.Name}");
        json.WriteString("type", "User");
        json.WriteBoolean("site_admin", false);
        json.WriteEndObject();
    }));

    private static void WriteQuota(Utf8JsonWriter json, string name, QuotaReading quota)
    {
        json.WriteStartObject(name);
        json.WriteNumber("limit", quota.Limit);
        json.WriteNumber("used", quota.Used);
        json.WriteNumber("remaining", quota.Remaining);
        json.WriteNumber("reset", quota.ResetEpochSeconds);
        json.WriteEndObject();
    }
}
