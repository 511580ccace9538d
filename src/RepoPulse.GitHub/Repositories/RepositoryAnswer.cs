using System.Text.Json;
using RepoPulse.Events;
using RepoPulse.GitHub.Feeds;

namespace RepoPulse.GitHub.Repositories;

/// <summary>What GitHub says of a repository itself: id and present name where <see cref="Kind"/> is a page, else why not.</summary>
public sealed record RepositoryAnswer
{
    public required FeedAnswerKind Kind { get; init; }

    public RepositoryId Id { get; init; }

    public RepositoryName Name { get; init; }

    public DateTimeOffset? RetryAt { get; init; }

    public string? Fault { get; init; }

    internal static RepositoryAnswer From(FeedAnswer answer)
    {
        if (answer.Kind != FeedAnswerKind.Page)
            return new RepositoryAnswer { Kind = answer.Kind, RetryAt = answer.RetryAt, Fault = answer.Fault };
        using var document = JsonDocument.Parse(answer.Body);
        var root = document.RootElement;
        return root.ValueKind == JsonValueKind.Object
            && root.TryGetProperty("id", out var id) && id.ValueKind == JsonValueKind.Number && id.TryGetInt64(out var number) && number > 0
            && root.TryGetProperty("full_name", out var name) && name.ValueKind == JsonValueKind.String
            && RepositoryName.TryParse(name.GetString(), out var fullName)
                ? new RepositoryAnswer { Kind = FeedAnswerKind.Page, Id = new RepositoryId(number), Name = fullName }
                : new RepositoryAnswer { Kind = FeedAnswerKind.Failed, Fault = "an answer without id and full_name, not a repository" };
    }
}
