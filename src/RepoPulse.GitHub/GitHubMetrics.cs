using System.Diagnostics.Metrics;
using System.Net;

namespace RepoPulse.GitHub;

/// <summary>What is counted of the traffic with GitHub.</summary>
public sealed class GitHubMetrics
{
    /// <summary>The meter's name.</summary>
    public const string MeterName = "RepoPulse.GitHub";

    private readonly Counter<long> _answers;
    private readonly Counter<long> _retries;
    private readonly Counter<long> _limits;

    public GitHubMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(MeterName);
        _answers = meter.CreateCounter<long>("repopulse.github.answers", "{answer}", "Answers of GitHub, by status; 0 for none");
        _retries = meter.CreateCounter<long>("repopulse.github.retries", "{request}", "Requests repeated because the answer was none, 5xx or broken");
        _limits = meter.CreateCounter<long>("repopulse.github.limited", "{answer}", "Answers that named a limit");
    }

    internal void Answered(HttpStatusCode status) => _answers.Add(1, new KeyValuePair<string, object?>("http.response.status_code", (int)status));

    internal void Retried() => _retries.Add(1);

    internal void Limited() => _limits.Add(1);
}
