using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using RepoPulse.Api.Health;

namespace RepoPulse.Api;

/// <summary>The OpenAPI document. It says the same on every server: nothing in it comes from the configuration or the request.</summary>
internal static class ApiDocument
{
    public const string Name = "v1";
    public const string Path = "/openapi/v1.json";
    private const string KeyScheme = "key";

    private static readonly (string Name, string Description)[] Tags =
    [
        ("Repositories", "What is watched and held, and for which times every event is known to be held."),
        ("Statistics", "How often each kind of event happens, over the rolling window."),
        ("Events", "The events themselves, and how many there were when."),
        ("Stream", "What happens, as it happens."),
        ("Badges", "A value for a README."),
        ("Health", "Whether the server runs, and whether it can answer."),
        ("Webhooks", "What GitHub delivers."),
    ];

    public static void Configure(OpenApiOptions options)
    {
        options.OpenApiVersion = OpenApiSpecVersion.OpenApi3_1;
        options.AddOperationTransformer(DescribeOperationAsync);
        options.AddDocumentTransformer(DescribeDocumentAsync);
    }

    private static Task DescribeOperationAsync(
        OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        var metadata = context.Description.ActionDescriptor.EndpointMetadata;
        operation.Parameters = [.. metadata.OfType<EndpointDescription.TakenParameters>()
            .SelectMany(taken => taken.Parameters)
            .Select(p => p.Describe())];

        var responses = new OpenApiResponses();
        foreach (var (status, response) in (operation.Responses ?? []).OrderBy(response => response.Key, StringComparer.Ordinal))
        {
            Describe(status, (OpenApiResponse)response);
            responses.Add(status, response);
        }

        operation.Responses = responses;
        if (responses.ContainsKey($"{StatusCodes.Status304NotModified}"))
            AddHeader(
                (OpenApiResponse)responses[$"{StatusCodes.Status200OK}"],
                "ETag",
                "A strong hash of the content: send it in If-None-Match.");
        if (metadata.OfType<StaleAgeMiddleware.OfView>().Any())
        {
            foreach (var status in (ReadOnlySpan<int>)[StatusCodes.Status200OK, StatusCodes.Status304NotModified])
                AddHeader(
                    (OpenApiResponse)responses[$"{status}"],
                    "Age",
                    "Only while the store cannot be read: for how many seconds the content may have changed unseen.",
                    JsonSchemaType.Integer);
        }

        if (responses.ContainsKey($"{StatusCodes.Status429TooManyRequests}"))
        {
            foreach (var status in (ReadOnlySpan<int>)[StatusCodes.Status200OK, StatusCodes.Status429TooManyRequests])
            {
                AddHeader(
                    (OpenApiResponse)responses[$"{status}"],
                    "RateLimit",
                    "Only where requests are limited: how many more are taken (r), and in how many seconds the next is given back (t).");
                AddHeader(
                    (OpenApiResponse)responses[$"{status}"],
                    "RateLimit-Policy",
                    "Only where requests are limited: how many (q) within how many seconds (w).");
            }
        }

        if (responses.ContainsKey($"{StatusCodes.Status401Unauthorized}"))
            operation.Security = [new() { [new OpenApiSecuritySchemeReference(KeyScheme, context.Document)] = [] }, []];
        else
            operation.Security = [[]];
        Examples.AddTo(operation);
        return Task.CompletedTask;
    }

    private static void Describe(string status, OpenApiResponse response)
    {
        response.Description = status switch
        {
            "200" => "The answer.",
            "304" => "The content is what If-None-Match names.",
            "308" => "The repository was renamed: ask again at Location.",
            "400" => "A parameter's value is not allowed; errors says which and what is.",
            "401" => "A key is needed, or the one given is wrong.",
            "404" => "No such repository is known here.",
            "429" => "The client has made as many requests within a minute as it may.",
            "501" => "This server keeps no history of events.",
            "503" => "Not ready yet, or the store cannot be read.",
            _ => response.Description,
        };
        if (status is "308")
            AddHeader(response, "Location", "The same path under the present name.");
        if (status is "429")
            AddHeader(response, "Retry-After", "In how many seconds the next request will be taken.", JsonSchemaType.Integer);
    }

    private static void AddHeader(OpenApiResponse response, string name, string description, JsonSchemaType type = JsonSchemaType.String)
    {
        response.Headers ??= new Dictionary<string, IOpenApiHeader>(StringComparer.Ordinal);
        response.Headers[name] = new OpenApiHeader { Description = description, Schema = new OpenApiSchema { Type = type } };
    }

    private static Task DescribeDocumentAsync(
        OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancellationToken)
    {
        document.Info = new OpenApiInfo
        {
            Title = "RepoPulse",
            License = new OpenApiLicense { Name = "Apache 2.0", Identifier = "Apache-2.0" },
            Version = Name,
            Description = "How often does each kind of event happen in each GitHub repository? Times are RFC 3339 in UTC, durations " +
                "seconds, errors RFC 9457 "
                + "problem details. Every GET is answered to HEAD as well, without the body. Query parameters that are not known are " +
                    "passed over. "
                + "A request whose Host header is none of Api:AllowedHosts gets 400.",
        };
        document.Servers = [new OpenApiServer { Url = "/" }];
        document.Components ??= new OpenApiComponents();
        document.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>(StringComparer.Ordinal)
        {
            [KeyScheme] = new OpenApiSecurityScheme
            {
                Type = SecuritySchemeType.Http,
                Scheme = "bearer",
                Description = "One of Api:Keys, where any are set; else no key is needed.",
            },
        };
        document.Tags = new HashSet<OpenApiTag>(Tags.Select(tag => new OpenApiTag { Name = tag.Name, Description = tag.Description }));
        foreach (var path in document.Paths.Values)
            path.Operations?.Remove(HttpMethod.Head);
        WebhookDescription.AddTo(document);
        return Task.CompletedTask;
    }
}
