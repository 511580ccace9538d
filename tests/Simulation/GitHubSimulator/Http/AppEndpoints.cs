using GitHubSimulator.Accounts;
using GitHubSimulator.Events;
using GitHubSimulator.World;

namespace GitHubSimulator.Http;

/// <summary>What a GitHub App asks with its own signature.</summary>
internal sealed class AppEndpoints(GitHubWorld world)
{
    /// <summary>A token for an installation, good for an hour.</summary>
    public ApiAnswer CreateToken(Exchange exchange, long installationId)
    {
        var now = world.Time.GetUtcNow();
        var (appId, fault) = AppAssertion.Verify(exchange.Token, world.Accounts.Apps, now);
        if (fault is not null)
            return ErrorAnswers.BadAssertion(fault);
        if (world.Accounts.Apps.Issue(appId!, installationId, now) is not { } token)
            return ErrorAnswers.NotFound("https://docs.github.com/rest/apps/apps#create-an-installation-access-token-for-an-app");
        world.Accounts.Issue(token);
        return JsonAnswer.Of(StatusCodes.Status201Created, json =>
        {
            json.WriteStartObject();
            json.WriteString("token", token.Secret);
            json.WriteString("expires_at", GitHubTime.Format(token.ExpiresAt!.Value));
            json.WriteStartObject("permissions");
            json.WriteString("metadata", "read");
            json.WriteString("contents", "read");
            json.WriteEndObject();
            json.WriteString("repository_selection", "all");
            json.WriteEndObject();
        });
    }
}
