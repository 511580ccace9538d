using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using GitHubSimulator.World;

namespace RepoPulse.FunctionalTests.Webhooks;

/// <summary>What GitHub delivers of an event that happened at the simulator: the same, put as a webhook puts it.</summary>
internal static class GitHubHook
{
    public const string Secret = "a secret of two";

    public static HttpRequestMessage Delivery(Uri server, SimulatedEvent e, string? delivery = null)
    {
        var (name, payload) = ToWebhook(e);
        return Delivery(server, name, Encoding.UTF8.GetBytes(payload.ToJsonString()), delivery
            ?? string.Create(CultureInfo.InvariantCulture, $"delivery-{e.Id}"));
    }

    public static HttpRequestMessage Delivery(Uri server, string name, byte[] body, string delivery)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, new Uri(server, "webhooks/github")) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new("application/json");
        request.Headers.Add("X-GitHub-Event", name);
        request.Headers.Add("X-GitHub-Delivery", delivery);
        request.Headers.Add(
            "X-Hub-Signature-256", "sha256=" + Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(Secret), body)));
        return request;
    }

    private static (string Name, JsonObject Payload) ToWebhook(SimulatedEvent e)
    {
        var polled = JsonNode.Parse(e.Json.Span)!.AsObject();
        var payload = polled["payload"]!.DeepClone().AsObject();
        var at = e.CreatedAt.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        payload["repository"] = new JsonObject
        {
            ["id"] = e.Repository.Id,
            ["full_name"] = e.Repository.FullName,
            ["private"] = false,
            ["events_url"] = $"https://api.github.com/repos/{e.Repository.FullName}/events",
            ["pushed_at"] = at,
        };
        payload["sender"] = polled["actor"]!.DeepClone();
        foreach (var subject in new[] { "pull_request", "review" })
        {
            // The stubs of the Events API lack the times that webhooks have.
            foreach (var time in payload[subject] is null ? [] : new[] { "created_at", "updated_at", "closed_at", "submitted_at" })
                payload[subject]![time] = at;
        }

        switch (e.Type)
        {
            case "PushEvent":
                payload["after"] = payload["head"]!.DeepClone();
                payload.Remove("head");
                payload.Remove("push_id");
                return ("push", payload);
            case "WatchEvent":
                payload["action"] = "created";
                payload["starred_at"] = at;
                return ("star", payload);
            case "PullRequestEvent" when payload["action"]!.GetValue<string>() == "merged":
                payload["action"] = "closed";
                payload["pull_request"]!["merged"] = true;
                payload["pull_request"]!["merged_at"] = at;
                return ("pull_request", payload);
            case "PullRequestReviewEvent":
                payload["action"] =
                    payload["action"]!.GetValue<string>() switch { "created" => "submitted", "updated" => "edited", var same => same };
                return ("pull_request_review", payload);
            default:
                // IssueCommentEvent: issue_comment.
                return (JsonNamingPolicy.SnakeCaseLower.ConvertName(e.Type[..^"Event".Length]), payload);
        }
    }
}
