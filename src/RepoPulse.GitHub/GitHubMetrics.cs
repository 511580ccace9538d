using System.Diagnostics.Metrics;
using System.Net;

namespace RepoPulse.GitHub;

/// <summary>What is counted of the traffic with GitHub.</summary>
public sealed class GitHubMetrics
{
    /// <summary>The meter's name.</summary>
    public const string MeterName = "RepoPulse.GitHub";

    private readonly Meter _meter;
    private readonly Counter<long> _answers;
    private readonly Counter<long> _retries;
    private readonly Counter<long> _limits;
    private readonly Counter<long> _refusedTokens;
    private readonly Counter<long> _renewals;
    private readonly Counter<long> _staleAnswers;

    public GitHubMetrics(IMeterFactory meters)
    {
        _meter = meters.Create(MeterName);
        _answers = _meter.CreateCounter<long>("repopulse.github.answers", "{answer}", "Answers of GitHub, by status; 0 for none");
        _retries = _meter.CreateCounter<long>(
            "repopulse.github.retries", "{request}", "Requests repeated because the answer was none, 5xx or broken");
        _limits = _meter.CreateCounter<long>(
            "repopulse.github.limits",
            "{limit}",
            "Limits met, by kind; requests that were under way together and refused together met one");
        _refusedTokens = _meter.CreateCounter<long>(
            "repopulse.github.tokens.refused", "{token}", "Tokens put out of use because GitHub refused them (401)");
        _renewals = _meter.CreateCounter<long>(
            "repopulse.github.app.renewals", "{token}", "Attempts to fetch an installation's next token, by outcome");
        _staleAnswers = _meter.CreateCounter<long>(
            "repopulse.github.answers.stale",
            "{answer}",
            "Answers that lacked events which a reading without conditions showed at the same time, by token");
    }

    /// <summary>
    /// Also shows what is known of the tokens in use. Labels name tokens and installations, never a secret or a repository.
    /// </summary>
    internal void Show(TokenPool pool)
    {
        _meter.CreateObservableGauge(
            "repopulse.github.requests.remaining",
            () => Limits(pool, limit => limit.Remaining),
            "{request}",
            "Requests left in the present hour as GitHub last said, by account");
        _meter.CreateObservableGauge(
            "repopulse.github.requests.limit",
            () => Limits(pool, limit => limit.Limit),
            "{request}",
            "Requests allowed in an hour as GitHub last said, by account");
        _meter.CreateObservableGauge(
            "repopulse.github.tokens",
            () => TokenStates(pool),
            "{token}",
            "Tokens, by state: usable, blocked while a limit lasts, or refused for good");
    }

    /// <summary>Also shows by how much the machine's clock differs from GitHub's, once that is known.</summary>
    internal void Show(GitHubClock clock) => _meter.CreateObservableGauge(
        "repopulse.github.clock.difference",
        () => clock.MachineAhead is { } ahead ? [new Measurement<double>(ahead.TotalSeconds)] : (IEnumerable<Measurement<double>>)[],
        "s",
        "By how much the machine's clock is ahead of GitHub's; a response's date is exact to about a second");

    internal void RecordResponse(HttpStatusCode status) =>
        _answers.Add(1, new KeyValuePair<string, object?>("http.response.status_code", (int)status));

    internal void Retried() => _retries.Add(1);

    internal void Limited(LimitKind kind) =>
        _limits.Add(1, new KeyValuePair<string, object?>("kind", kind == LimitKind.Primary ? "primary" : "secondary"));

    internal void Renewed(bool isDone) => _renewals.Add(1, new KeyValuePair<string, object?>("outcome", isDone ? "renewed" : "failed"));

    internal void RecordStale(GitHubToken token) => _staleAnswers.Add(1, new KeyValuePair<string, object?>("token", token.Name));

    internal void TokenRefused() => _refusedTokens.Add(1);

    private static IEnumerable<Measurement<int>> Limits(TokenPool pool, Func<RateLimit, int> valueOf)
    {
        foreach (var account in pool.Accounts)
        {
            if (account.Primary is { } limit)
                yield return new Measurement<int>(valueOf(limit), new KeyValuePair<string, object?>("account", account.Name));
        }
    }

    private static IEnumerable<Measurement<int>> TokenStates(TokenPool pool)
    {
        var refused = pool.Tokens.Count(token => token.IsRefused);
        var blocked = pool.Tokens.Count(token => token is { IsRefused: false, Account.BlockedUntil: not null });
        yield return State(pool.Tokens.Count - refused - blocked, "usable");
        yield return State(blocked, "blocked");
        yield return State(refused, "refused");

        static Measurement<int> State(int tokens, string state) => new(tokens, new KeyValuePair<string, object?>("state", state));
    }
}
