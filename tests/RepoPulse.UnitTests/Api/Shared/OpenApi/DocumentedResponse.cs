using System.Text.Json.Nodes;

namespace RepoPulse.UnitTests.Api.Shared.OpenApi;

/// <summary>One response as the document has it.</summary>
internal sealed record DocumentedResponse(string Path, string Method, int Status, JsonObject Operation, JsonObject Response)
{
    /// <summary>Null where there is no body.</summary>
    public string? MediaType => Response["content"]?.AsObject().Single().Key;

    public JsonObject? Content => Response["content"]?.AsObject().Single().Value!.AsObject();

    public JsonObject? Schema => Content?["schema"]!.AsObject();

    /// <summary>Those that come always, and not "only where".</summary>
    public IEnumerable<string> RequiredHeaders => (Response["headers"]?.AsObject() ?? [])
        .Where(header => !header.Value!["description"]!.GetValue<string>().StartsWith("Only ", StringComparison.Ordinal))
        .Select(header => header.Key);

    public string? FirstQueryParameter => Operation["parameters"]!
        .AsArray()
        .FirstOrDefault(parameter => parameter!["in"]!.GetValue<string>() == "query")?["name"]!.GetValue<string>();

    public string Target(string name) => Path.Replace("{owner}/{name}", name, StringComparison.Ordinal);

    public override string ToString() => $"{Status} of {Method} {Path}";
}
