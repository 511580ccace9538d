using System.Text.Json;
using RepoPulse.Core.Reading;

namespace RepoPulse.GitHub;

/// <summary>What GitHub says of a repository itself: id and present name where <see cref="Kind"/> is a page, else why not.</summary>
public sealed record RepositoryResponse
{
    public required FeedResponseKind Kind { get; init; }

    public RepositoryId Id { get; init; }

    public RepositoryName Name { get; init; }

    public DateTimeOffset? RetryAt { get; init; }

    public string? Error { get; init; }

    internal static RepositoryResponse From(FeedResponse answer)
    {
        if (answer.Kind != FeedResponseKind.Page)
            return new RepositoryResponse { Kind = answer.Kind, RetryAt = answer.RetryAt, Error = answer.Error };
        using var document = JsonDocument.Parse(answer.Body);
        var root = document.RootElement;
        return root.Part("id") is { ValueKind: JsonValueKind.Number } id && id.TryGetInt64(out var number) && number > 0
            && RepositoryName.TryParse(root.Text("full_name"), out var fullName)
                ? new RepositoryResponse { Kind = FeedResponseKind.Page, Id = new RepositoryId(number), Name = fullName }
                : new RepositoryResponse { Kind = FeedResponseKind.Failed, Error = "an answer without id and full_name, not a repository" };
    }
}
