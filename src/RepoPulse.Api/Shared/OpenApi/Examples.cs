using System.Text.Json.Nodes;
using Microsoft.OpenApi;

namespace RepoPulse.Api;

/// <summary>An example of every body, by operation or by status. A test holds each against its schema.</summary>
internal static class Examples
{
    private static readonly JsonObject All = Read();

    public static void AddTo(OpenApiOperation operation)
    {
        foreach (var (status, response) in operation.Responses ?? [])
        {
            foreach (var content in response.Content?.Values ?? [])
            {
                var example = All[$"{operation.OperationId} {status}"] ?? All[status is "200" ? operation.OperationId! : status];
                content.Example = example?.DeepClone();
            }
        }
    }

    private static JsonObject Read()
    {
        using var stream = typeof(Examples).Assembly.GetManifestResourceStream("examples.json")!;
        return JsonNode.Parse(stream)!.AsObject();
    }
}
