using System.Diagnostics.Metrics;
using System.Net;
using RepoPulse.GitHub.Limits;

namespace RepoPulse.GitHub;

/// <summary>What is counted of the traffic with GitHub.</summary>
public sealed class GitHubMetrics
{
    /// <summary>The meter's name.</summary>
    public const string MeterName = "RepoPulse.GitHub";

    private readonly Counter<long> _answers;
    private readonly Counter<long> _retries;
    private readonly Counter<long> _limits;
    private readonly Counter<long> _refusedTokens;

    public GitHubMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(MeterName);
        _answers = meter.CreateCounter<long>("repopulse.github.answers", "{answer}", "Answers of GitHub, by status; 0 for none");
        _retries = meter.CreateCounter<long>("repopulse.github.retries", "{request}", "Requests repeated because the answer was none, 5xx or broken");
        _limits = meter.CreateCounter<long>("repopulse.github.limits", "{limit}", "Limits met, by kind; requests that were under way together and refused together met one");
        _refusedTokens = meter.CreateCounter<long>("repopulse.github.tokens.refused", "{token}", "Tokens put out of use because GitHub refused them (401)");
    }

    internal void Answered(HttpStatusCode status) => _answers.Add(1, new KeyValuePair<string, object?>("http.response.status_code", (int)status));

    internal void Retried() => _retries.Add(1);

    internal void Limited(LimitKind kind) => _limits.Add(1, new KeyValuePair<string, object?>("kind", kind == LimitKind.Primary ? "primary" : "secondary"));

    internal void TokenRefused() => _refusedTokens.Add(1);
}
