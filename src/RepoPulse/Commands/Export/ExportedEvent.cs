using System.Text.Json;
using RepoPulse.Core.Reading;

namespace RepoPulse.Commands.Export;

/// <summary>
/// The columns of an event. Names are those that GitHub's JSON has, with an underscore for a dot; what an event does not have, as the older
/// forms lack much, is null.
/// </summary>
internal readonly record struct ExportedEvent
{
    public required string Id { get; init; }

    public required string Type { get; init; }

    /// <summary>UTC, to the microsecond.</summary>
    public required DateTime CreatedAt { get; init; }

    public bool? IsPublic { get; init; }

    public long? RepositoryId { get; init; }

    /// <summary>The repository's name when the event happened.</summary>
    public string? RepositoryName { get; init; }

    public long? ActorId { get; init; }

    public string? ActorLogin { get; init; }

    public long? OrganizationId { get; init; }

    public string? OrganizationLogin { get; init; }

    /// <summary>JSON.</summary>
    public string? Payload { get; init; }

    public static ExportedEvent Read(in GitHubEvent e)
    {
        using var document = JsonDocument.Parse(e.Json);
        var json = document.RootElement;
        var actor = json.Part("actor");
        var payload = json.Part("payload");
        return new()
        {
            Id = e.Key.Id.ToString(),
            Type = e.Type.Name,
            CreatedAt = e.Key.CreatedAt.UtcDateTime,
            IsPublic = json.Part("public").ValueKind switch { JsonValueKind.True => true, JsonValueKind.False => false, _ => null },
            RepositoryId = e.HasRepository ? e.RepositoryId.Value : Id64(json.Part("repo")),
            RepositoryName = json.Part("repo").Text("name") ?? (e.HasRepository ? e.Repository.FullName : null),
            ActorId = Id64(actor),
            ActorLogin = actor.ValueKind == JsonValueKind.String ? json.Text("actor") : actor.Text("login"),
            OrganizationId = Id64(json.Part("org")),
            OrganizationLogin = json.Part("org").Text("login"),
            Payload = payload.ValueKind == JsonValueKind.Undefined ? null : payload.GetRawText(),
        };
    }

    private static long? Id64(JsonElement part) =>
        part.Part("id") is { ValueKind: JsonValueKind.Number } id && id.TryGetInt64(out var number) ? number : null;
}
