using System.Net.ServerSentEvents;
using System.Text.Json.Nodes;
using System.Xml.Linq;
using Json.Schema;
using RepoPulse.UnitTests.Api.Support;

namespace RepoPulse.UnitTests.Api.Shared.OpenApi;

/// <summary>The served document, for responses to be held against.</summary>
internal sealed class DocumentedApi(JsonObject document)
{
    private static readonly EvaluationOptions Strictly = new() { OutputFormat = OutputFormat.List, RequireFormatValidation = true };

    /// <summary>Every response of every operation.</summary>
    public IReadOnlyList<DocumentedResponse> Answers { get; } =
    [
        .. from path in document["paths"]!.AsObject()
           from operation in path.Value!.AsObject()
           from response in operation.Value!["responses"]!.AsObject()
           select new DocumentedResponse(
               path.Key, operation.Key, int.Parse(response.Key, null), operation.Value!.AsObject(), response.Value!.AsObject()),
    ];

    public static async Task<DocumentedApi> ReadAsync(ApiServer server) =>
        new(JsonNode.Parse(await server.GetTextAsync("/openapi/v1.json"))!.AsObject());

    /// <summary>Asserts that a response is the documented one: status, media type, headers and body.</summary>
    public async Task AssertIsAsync(DocumentedResponse answer, HttpResponseMessage response)
    {
        var text = answer.MediaType == "text/event-stream"
            ? ""
            : await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True((int)response.StatusCode == answer.Status, $"{answer}: {response.StatusCode} {text}");
        Assert.Equal($"{answer}: {answer.MediaType}", $"{answer}: {response.Content.Headers.ContentType?.MediaType}");
        foreach (var header in answer.RequiredHeaders)
            Assert.True(response.Headers.Contains(header), $"{answer} comes without {header}.");
        switch (answer.MediaType)
        {
            case null:
                Assert.Empty(text);
                break;
            case "image/svg+xml":
                Assert.Equal("svg", XDocument.Parse(text).Root!.Name.LocalName);
                break;
            case "text/event-stream":
                break;
            default:
                AssertMatches(answer.ToString(), answer.Schema!, text);
                break;
        }
    }

    /// <summary>Asserts that a message of the stream is the document that it should be.</summary>
    public void AssertIs(SseItem<string> message, string schema) =>
        AssertMatches(message.EventType, new JsonObject { ["$ref"] = $"#/components/schemas/{schema}" }, message.Data);

    /// <summary>Asserts that every example is an instance of its schema, and that every body that is JSON has one.</summary>
    public void AssertExamples()
    {
        foreach (var answer in Answers.Where(answer => answer.MediaType is not null))
        {
            Assert.True(answer.Content!["example"] is not null, $"{answer} has no example.");
            if (answer.MediaType!.EndsWith("json", StringComparison.Ordinal))
                AssertMatches($"The example of {answer}", answer.Schema!, answer.Content["example"]!.ToJsonString());
        }
    }

    private void AssertMatches(string what, JsonObject schema, string json)
    {
        var whole = schema.DeepClone().AsObject();
        whole["components"] = document["components"]!.DeepClone();
        var result = JsonSchema.FromText(whole.ToJsonString()).Evaluate(JsonNode.Parse(json), Strictly);
        Assert.True(
            result.IsValid,
            $"{what}: " +
            $"{string.Join("; ", result.Details.Where(detail => detail.HasErrors).SelectMany(detail => detail.Errors!.Select(error => $"{detail.InstanceLocation} {error.Value}")))}\n{json}");
    }
}
