using System.Text.Json;
using GitHubSimulator.Json;

namespace GitHubSimulator.Http;

/// <summary>Responds with JSON and without an ETag.</summary>
internal static class JsonAnswer
{
    public const string ContentType = "application/json; charset=utf-8";

    public static ApiAnswer Of(int status, Action<Utf8JsonWriter> write) =>
        new(status) { ContentType = ContentType, Body = JsonBody.Write(write) };
}
