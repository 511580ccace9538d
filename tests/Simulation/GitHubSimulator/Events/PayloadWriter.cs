using System.Text.Json;

namespace GitHubSimulator.Events;

/// <summary>Writes a small payload of each type, in the form that GitHub sends since October 2025.</summary>
internal static class PayloadWriter
{
    public static void Write(Utf8JsonWriter json, string type, PayloadContext context)
    {
        json.WriteStartObject();
        switch (type)
        {
            case "PushEvent":
                CodePayloads.WritePush(json, context);
                break;
            case "CreateEvent":
                CodePayloads.WriteCreate(json, context);
                break;
            case "DeleteEvent":
                CodePayloads.WriteDelete(json, context);
                break;
            case "CommitCommentEvent":
                CodePayloads.WriteCommitComment(json, context);
                break;
            case "PullRequestEvent":
                PullRequestPayloads.WritePullRequest(json, context);
                break;
            case "PullRequestReviewEvent":
                PullRequestPayloads.WriteReview(json, context);
                break;
            case "PullRequestReviewCommentEvent":
                PullRequestPayloads.WriteReviewComment(json, context);
                break;
            case "IssuesEvent":
                IssuePayloads.WriteIssues(json, context);
                break;
            case "IssueCommentEvent":
                IssuePayloads.WriteComment(json, context);
                break;
            case "DiscussionEvent":
                IssuePayloads.WriteDiscussion(json, context);
                break;
            case "WatchEvent":
                json.WriteString("action", "started");
                break;
            case "ForkEvent":
                CommunityPayloads.WriteFork(json, context);
                break;
            case "ReleaseEvent":
                CommunityPayloads.WriteRelease(json, context);
                break;
            case "GollumEvent":
                CommunityPayloads.WriteGollum(json, context);
                break;
            case "MemberEvent":
                CommunityPayloads.WriteMember(json, context);
                break;
        }

        // PublicEvent, and any type that GitHub may invent, has an empty payload.
        json.WriteEndObject();
    }
}
