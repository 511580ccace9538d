using Microsoft.OpenApi;

namespace RepoPulse.Api;

/// <summary>
/// The endpoint that takes webhooks. It is the collector's, and there only where its secret is set; the document says the same on every
/// server.
/// </summary>
internal static class WebhookDescription
{
    private const string Path = "/webhooks/github";

    public static void AddTo(OpenApiDocument document)
    {
        var path = Describe(document);
        document.Paths[Path] = path;
        foreach (var operation in path.Operations!.Values)
            Examples.AddTo(operation);
    }

    private static OpenApiPathItem Describe(OpenApiDocument document) => new()
    {
        Operations = new Dictionary<HttpMethod, OpenApiOperation>
        {
            [HttpMethod.Post] = new()
            {
                OperationId = "takeWebhook",
                Tags = new HashSet<OpenApiTagReference> { new("Webhooks", document) },
                Summary = "Takes a webhook of GitHub",
                Security = [[]],
                Description = "Where Webhooks:Secret is set, on `run` and `collect`; elsewhere the response is 404. It needs no key, " +
                    "but the secret's signature.",
                Parameters =
                [
                    Header("X-Hub-Signature-256", "sha256= and the HMAC-SHA256 of the body as it is sent, in hexadecimal."),
                    Header("X-GitHub-Event", "The event's name, such as push."),
                    Header("X-GitHub-Delivery", "The delivery's id, a GUID as a rule. One that is remembered changes nothing."),
                ],
                RequestBody = new OpenApiRequestBody
                {
                    Required = true,
                    Description = "What GitHub sends; 25 MB at the most.",
                    Content = new Dictionary<string, OpenApiMediaType>(StringComparer.Ordinal)
                    {
                        ["application/json"] = new OpenApiMediaType { Schema = new OpenApiSchema { Type = JsonSchemaType.Object } },
                        ["application/x-www-form-urlencoded"] = new OpenApiMediaType { Schema = FormSchema() },
                    },
                },
                Responses = new OpenApiResponses
                {
                    ["202"] = new OpenApiResponse
                    {
                        Description = "What it reports is stored, or was before, or is nothing that the Events API has an event for."
                    },
                    ["400"] = Problem(document, "A header is missing, or the payload is no JSON of the event that the header names."),
                    ["401"] = Problem(document, "It is not signed with the secret."),
                    ["404"] = Problem(document, "Webhooks are switched off (Webhooks:Secret is not set), or this server takes none."),
                    ["408"] = Problem(document, "The body did not arrive within Webhooks:BodyTimeout."),
                    ["413"] = Problem(document, "The body is larger than 25 MB."),
                    ["415"] = Problem(document, "The body is neither JSON nor a form."),
                    ["503"] = Problem(
                        document, "The store cannot be written, or the bodies under way hold all the memory there is for them. Nothing " +
                            "was kept; the same delivery may be sent again."),
                },
            },
        },
    };

    private static OpenApiParameter Header(string name, string description) => new()
    {
        Name = name,
        In = ParameterLocation.Header,
        Required = true,
        Description = description,
        Schema = new OpenApiSchema { Type = JsonSchemaType.String },
    };

    private static OpenApiSchema FormSchema() => new()
    {
        Type = JsonSchemaType.Object,
        Properties = new Dictionary<string, IOpenApiSchema>(StringComparer.Ordinal)
        {
            ["payload"] = new OpenApiSchema { Type = JsonSchemaType.String, Description = "The JSON." },
        },
        Required = new HashSet<string>(StringComparer.Ordinal) { "payload" },
    };

    private static OpenApiResponse Problem(OpenApiDocument document, string description) => new()
    {
        Description = description,
        Content = new Dictionary<string, OpenApiMediaType>(StringComparer.Ordinal)
        {
            [Problems.MediaType] = new OpenApiMediaType { Schema = new OpenApiSchemaReference("Problem", document) },
        },
    };
}
