using System.Globalization;
using System.Text;

namespace RepoPulse.ContractTests.Storage;

/// <summary>Pushes, each reported in two ways: by a webhook, and two seconds later by a feed.</summary>
public static class Pushes
{
    /// <param name="number">Which push.</param>
    /// <param name="head">What it moved the branch to; of its own where it is left out, so that no other push has the key.</param>
    public static GitHubEvent Webhook(int number, DateTimeOffset? at = null, long repository = 1, int? head = null) =>
        Of(EventId.FromWebhook((ulong)((repository * 100_000) + number)), at ?? Sample.Noon.AddSeconds(number), repository, head ?? number);

    public static GitHubEvent Polled(int number, DateTimeOffset? at = null, long repository = 1, int? head = null) =>
        Of(EventId.FromGitHub((repository * 100_000) + number), at ?? Sample.Noon.AddSeconds(number + 2), repository, head ?? number);

    private static GitHubEvent Of(EventId id, DateTimeOffset at, long repository, int head) =>
        Sample.Event(id.Value, at, repository: repository) with
    {
        Json = Encoding.UTF8.GetBytes(string.Create(
            CultureInfo.InvariantCulture,
            $$$"""{"id":"{{{id}}}","type":"PushEvent","actor":{"id":1,"login":"mona"},"repo":{"id":{{{repository}}},"name":"acme/widget-{{{repository}}}"},"payload":{"ref":"refs/heads/main","head":"{{{head:x40}}}"},"public":true,"created_at":"{{{at:yyyy-MM-ddTHH:mm:ssZ}}}"}""")),
    };
}
