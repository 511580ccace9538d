using System.Globalization;
using System.Text.Json;
using GitHubSimulator.Json;
using GitHubSimulator.World;

namespace GitHubSimulator.Events;

/// <summary>Makes events: the envelope here, the payload by <see cref="PayloadWriter"/>. Not thread-safe: the world's lock guards it.</summary>
internal sealed class EventFactory(EventIdSequence ids)
{
    private const string ApiUrl = "https://api.github.com";

    public SimulatedEvent Create(SimulatedRepository repository, string type, DateTimeOffset at, EventDraft draft, Random random)
    {
        var id = draft.Id ?? ids.Next();
        var actor = draft.Actor is { } login ? new Actor(login) : Actor.Draw(random);
        var createdAt = GitHubTime.ToSecond(at);
        return new SimulatedEvent
        {
            Id = id,
            Type = type,
            Repository = repository,
            CreatedAt = createdAt,
            VisibleAt = at + draft.Delay,
            RankAt = draft.RankAt ?? at,
            Json = JsonBody.Write(json => Write(json, repository, type, id, actor, createdAt, draft, random)),
        };
    }

    private static void Write(
        Utf8JsonWriter json, SimulatedRepository repository, string type, long id, Actor actor, DateTimeOffset createdAt, EventDraft draft, Random random)
    {
        json.WriteStartObject();
        json.WriteString("id", id.ToString(CultureInfo.InvariantCulture));
        json.WriteString("type", type);
        json.WriteStartObject("actor");
        json.WriteNumber("id", actor.Id);
        json.WriteString("login", actor.Login);
        json.WriteString("display_login", actor.DisplayLogin);
        json.WriteString("gravatar_id", "");
        json.WriteString("url", $"{ApiUrl}/users/{actor.Login}");
        json.WriteString("avatar_url", $"https://avatars.githubusercontent.com/u/{actor.Id}?");
        json.WriteEndObject();
        json.WriteStartObject("repo");
        json.WriteNumber("id", repository.Id);
        json.WriteString("name", repository.FullName);
        json.WriteString("url", $"{ApiUrl}/repos/{repository.FullName}");
        json.WriteEndObject();
        json.WritePropertyName("payload");
        if (draft.Payload is { } payload)
            json.WriteRawValue(payload);
        else
            PayloadWriter.Write(json, type, new PayloadContext(repository, actor, createdAt, random));
        json.WriteBoolean("public", !repository.IsPrivate);
        json.WriteString("created_at", GitHubTime.Format(createdAt));
        if (repository.Owner.IsOrganization)
            WriteOrganization(json, repository.Owner);
        json.WriteEndObject();
    }

    private static void WriteOrganization(Utf8JsonWriter json, SimulatedOwner owner)
    {
        json.WriteStartObject("org");
        json.WriteNumber("id", owner.Id);
        json.WriteString("login", owner.Login);
        json.WriteString("gravatar_id", "");
        json.WriteString("url", $"{ApiUrl}/orgs/{owner.Login}");
        json.WriteString("avatar_url", $"https://avatars.githubusercontent.com/u/{owner.Id}?");
        json.WriteEndObject();
    }
}
