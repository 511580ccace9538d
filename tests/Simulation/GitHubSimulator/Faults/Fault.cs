using System.Text;
using GitHubSimulator.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace GitHubSimulator.Faults;

/// <summary>
/// Something that happens to a request in place of, or to, its right response. A response in its place counts against no limit.
/// </summary>
public sealed record Fault
{
    private Fault()
    {
    }

    /// <summary>The connection is cut before a byte of the response is sent.</summary>
    public static Fault Abort { get; } = new() { Fate = AnswerFate.Cut };

    /// <summary>The right response, of which half is sent before the connection is cut: less than <c>Content-Length</c> says.</summary>
    public static Fault HalfSent { get; } = new() { Fate = AnswerFate.HalfSent };

    /// <summary>The right response's headers with half of its body, sent as if it were all.</summary>
    public static Fault BrokenJson { get; } = new() { Fate = AnswerFate.BrokenJson };

    /// <summary>The status of the response sent in place of the right one; 0 for none.</summary>
    public int Status { get; private init; }

    public string Body { get; private init; } = "";

    public string ContentType { get; private init; } = "";

    /// <summary>Headers of the response; they win over those that every response has.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);

    internal AnswerFate Fate { get; private init; }

    internal TimeSpan Wait { get; private init; }

    /// <summary>How long the account is shut out from then on, as after a secondary limit.</summary>
    internal TimeSpan Penalty { get; private init; }

    internal Task Until { get; private init; } = Task.CompletedTask;

    /// <summary>Another response than the right one. The body is sent as it is; GitHub's JSON for the status where none is given.</summary>
    public static Fault Answer(int status, string? body = null, string contentType = JsonAnswer.ContentType) => new()
    {
        Status = status,
        Body = body ?? $$"""{"message":"{{ReasonPhrases.GetReasonPhrase(status)}}","status":"{{status}}"}""",
        ContentType = contentType,
    };

    /// <summary>The right response, later: by the world's clock.</summary>
    public static Fault Delay(TimeSpan wait) => new() { Wait = wait };

    /// <summary>The right response, once a task is done: for holding requests while others come.</summary>
    public static Fault HoldUntil(Task done) => new() { Until = done };

    /// <summary>The same with another header.</summary>
    public Fault With(string header, string value) => this with
    {
        Headers = new Dictionary<string, string>(Headers, StringComparer.OrdinalIgnoreCase) { [header] = value },
    };

    /// <summary>The same, only after a while by the world's clock.</summary>
    public Fault After(TimeSpan wait) => this with { Wait = wait };

    internal Fault ShuttingOut(TimeSpan penalty) => this with { Penalty = penalty };

    internal ApiAnswer ToAnswer()
    {
        var answer = new ApiAnswer(Status) { ContentType = ContentType, Body = Encoding.UTF8.GetBytes(Body), Fate = Fate };
        foreach (var (name, value) in Headers)
            answer.With(name, value);
        return answer;
    }
}
