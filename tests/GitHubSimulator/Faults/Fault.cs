using Microsoft.AspNetCore.WebUtilities;

namespace GitHubSimulator.Faults;

/// <summary>Something that happens to a request in place of, or before, its right answer. A fault's answer counts against no limit.</summary>
public sealed record Fault
{
    private Fault()
    {
    }

    /// <summary>The connection is cut before a byte of the answer is sent.</summary>
    public static Fault Abort { get; } = new() { IsAbort = true };

    /// <summary>The status of the answer sent in place of the right one; 0 for none.</summary>
    public int Status { get; private init; }

    public string Body { get; private init; } = "";

    public string ContentType { get; private init; } = "";

    /// <summary>Headers of the answer; they win over those that every answer has.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);

    internal bool IsAbort { get; private init; }

    internal TimeSpan Wait { get; private init; }

    internal Task Until { get; private init; } = Task.CompletedTask;

    /// <summary>Another answer than the right one. The body is sent as it is; GitHub's JSON for the status where none is given.</summary>
    public static Fault Answer(int status, string? body = null, string contentType = "application/json; charset=utf-8") => new()
    {
        Status = status,
        Body = body ?? $$"""{"message":"{{ReasonPhrases.GetReasonPhrase(status)}}","status":"{{status}}"}""",
        ContentType = contentType,
    };

    /// <summary>The right answer, later: by the world's clock.</summary>
    public static Fault Delay(TimeSpan wait) => new() { Wait = wait };

    /// <summary>The right answer, once a task is done: for holding requests while others come.</summary>
    public static Fault HoldUntil(Task done) => new() { Until = done };

    /// <summary>The same with another header.</summary>
    public Fault With(string header, string value) => this with
    {
        Headers = new Dictionary<string, string>(Headers, StringComparer.OrdinalIgnoreCase) { [header] = value },
    };
}
