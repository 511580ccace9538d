using System.Buffers;
using System.Text.Json;
using RepoPulse.Core.Reading;

namespace RepoPulse.Collector.Webhooks;

/// <summary>
/// Makes of a delivery the event that the Events API would show. Every event and action that is not named here has none there: what is
/// mapped, from what and how sure that is stands in docs/webhooks.md.
/// </summary>
internal static class WebhookMapper
{
    public static MappedWebhook Map(string eventName, WebhookPayload payload)
    {
        // "watch" reports the same stars as "star", and of "repository" only what no other event reports.
        var occurrence = eventName switch
        {
            "push" => CodeMapping.Push(payload),
            "create" => CodeMapping.Create(payload),
            "delete" => CodeMapping.Delete(payload),
            "repository" => CodeMapping.Repository(payload),
            "commit_comment" => CodeMapping.CommitComment(payload),
            "issues" => IssueMapping.Issues(payload),
            "issue_comment" => IssueMapping.Comment(payload),
            "discussion" => IssueMapping.Discussion(payload),
            "pull_request" => PullRequestMapping.PullRequest(payload),
            "pull_request_review" => PullRequestMapping.Review(payload),
            "pull_request_review_comment" => PullRequestMapping.ReviewComment(payload),
            "pull_request_review_thread" => PullRequestMapping.ReviewThread(payload),
            "star" => CommunityMapping.Star(payload),
            "fork" => CommunityMapping.Fork(payload),
            "release" => CommunityMapping.Release(payload),
            "gollum" => CommunityMapping.Wiki(payload),
            "member" => CommunityMapping.Member(payload),
            "public" => CommunityMapping.Public(payload),
            _ => null,
        };
        return occurrence is null ? default : Complete(occurrence, payload);
    }

    private static MappedWebhook Complete(Occurrence occurrence, WebhookPayload payload)
    {
        if (!long.TryParse(payload.Repository.Number("id"), out var repositoryId) || repositoryId <= 0
            || !RepositoryName.TryParse(payload.Repository.Text("full_name"), out var name))
            return new(null, "The payload names no repository.");
        if (payload.Root.Part("sender").Text("login") is null)
            return new(null, "The payload does not say who did it: it has no sender.");

        var type = EventType.Parse(occurrence.Type);
        var content = WritePayload(occurrence);
        NaturalKey key;
        using (var document = JsonDocument.Parse(content))
        {
            if (!NaturalKeyReader.TryRead(type, new RepositoryId(repositoryId), payload.Root.Part("sender"), document.RootElement, out key))
                return new(null, $"The payload lacks what makes a {type}.");
        }

        var at = occurrence.At ?? WebhookPayload.ToSecond(payload.ReceivedAt);
        var e = new GitHubEvent
        {
            Key = new EventKey(key.ToWebhookId(occurrence.At, occurrence.Details), at),
            Type = type,
            RepositoryId = new RepositoryId(repositoryId),
            Repository = name,
            IsPrivate = payload.IsOfPrivateRepository,
        };
        return new(e with { Json = WebhookEnvelope.Write(e, payload, content.Span) }, null);
    }

    private static ReadOnlyMemory<byte> WritePayload(Occurrence occurrence)
    {
        var buffer = new ArrayBufferWriter<byte>(4096);
        using (var json = new Utf8JsonWriter(buffer, WebhookEnvelope.Form))
        {
            json.WriteStartObject();
            occurrence.WritePayload(json);
            json.WriteEndObject();
        }

        return buffer.WrittenMemory;
    }
}

/// <summary>What a delivery reports: an event, nothing that is one, or not enough to know.</summary>
/// <param name="Fault">What the payload lacks, for people.</param>
internal readonly record struct MappedWebhook(GitHubEvent? Event, string? Fault);

/// <summary>What a delivery reports, as the Events API would put it.</summary>
/// <param name="Type">The event's type.</param>
/// <param name="WritePayload">Writes the properties of the event's payload.</param>
internal sealed record Occurrence(string Type, Action<Utf8JsonWriter> WritePayload)
{
    /// <summary>When it happened; null where the delivery does not say.</summary>
    public DateTimeOffset? At { get; init; }

    /// <summary>What distinguishes it from another of the same kind, of the same thing, in the same moment.</summary>
    public string Details { get; init; } = "";
}
