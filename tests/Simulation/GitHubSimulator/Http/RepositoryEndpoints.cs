using System.Text.Json;
using GitHubSimulator.Events;
using GitHubSimulator.Json;
using GitHubSimulator.World;

namespace GitHubSimulator.Http;

/// <summary>A repository by its name or id.</summary>
internal sealed class RepositoryEndpoints(RepositoryResolver repositories)
{
    public ApiAnswer Describe(Exchange exchange, string fullName) =>
        repositories.Answer(exchange, fullName, "", repository => Describe(exchange, repository));

    public ApiAnswer Describe(Exchange exchange, long id) =>
        repositories.Answer(exchange, id, repository => Describe(exchange, repository));

    private static ApiAnswer Describe(Exchange exchange, SimulatedRepository repository) =>
        ConditionalAnswer.Of(exchange, JsonBody.Write(json => Write(json, repository, exchange.BaseUrl)));

    private static void Write(Utf8JsonWriter json, SimulatedRepository repository, string baseUrl)
    {
        var url = $"{baseUrl}/repos/{repository.FullName}";
        var created = GitHubTime.Format(repository.CreatedAt);
        json.WriteStartObject();
        json.WriteNumber("id", repository.Id);
        json.WriteString("node_id", NodeId("Repository", repository.Id));
        json.WriteString("name", repository.Name);
        json.WriteString("full_name", repository.FullName);
        json.WriteBoolean("private", repository.IsPrivate);
        json.WritePropertyName("owner");
        WriteOwner(json, repository.Owner, baseUrl);
        json.WriteString("html_url", $"https://github.com/{repository.FullName}");
        json.WriteString("description", $"{repository.Name}, simulated");
        json.WriteBoolean("fork", false);
        json.WriteString("url", url);
        json.WriteString("events_url", $"{url}/events");
        json.WriteString("created_at", created);
        json.WriteString("updated_at", created);
        json.WriteString("pushed_at", created);
        json.WriteNumber("size", 1024);
        json.WriteNumber("stargazers_count", 0);
        json.WriteNumber("watchers_count", 0);
        json.WriteNumber("forks_count", 0);
        json.WriteNumber("open_issues_count", 0);
        json.WriteNull("language");
        json.WriteBoolean("has_issues", true);
        json.WriteBoolean("archived", false);
        json.WriteBoolean("disabled", false);
        json.WriteString("visibility", repository.IsPrivate ? "private" : "public");
        json.WriteString("default_branch", "main");
        json.WriteEndObject();
    }

    private static void WriteOwner(Utf8JsonWriter json, SimulatedOwner owner, string baseUrl)
    {
        json.WriteStartObject();
        json.WriteString("login", owner.Login);
        json.WriteNumber("id", owner.Id);
        json.WriteString("node_id", NodeId(owner.IsOrganization ? "Organization" : "User", owner.Id));
        json.WriteString("avatar_url", $"https://avatars.githubusercontent.com/u/{owner.Id}?v=4");
        json.WriteString("gravatar_id", "");
        json.WriteString("url", $"{baseUrl}/users/{owner.Login}");
        json.WriteString("html_url", $"https://github.com/{owner.Login}");
        json.WriteString("type", owner.IsOrganization ? "Organization" : "User");
        json.WriteBoolean("site_admin", false);
        json.WriteEndObject();
    }

    private static string NodeId(string kind, long id) =>
        Convert.ToBase64String(System.Text.Encoding.ASCII.GetBytes($"0{kind.Length}:{kind}{id}"));
}
