using System.Net;
using Microsoft.Extensions.Logging;

namespace RepoPulse.GitHub;

/// <summary>Enters what each response says of its token and of the account behind it, and reports what has changed, once.</summary>
internal sealed partial class ResponseRecorder(GitHubMetrics metrics, ILogger logger)
{
    private readonly ILogger _logger = logger;
    private readonly Lock _lock = new();
    private TokenPoolState _reported;

    /// <summary>Counts a response for what it cost, whatever else becomes of it.</summary>
    public static RecordedResponse Enter(RawResponse answer, GitHubToken token, in RequestSnapshot mark, bool isFree)
    {
        // A refused token's request is counted for the machine's address, and a refused request need not be counted: the statistics say
        // nothing here.
        var limit = answer.Verdict == ResponseVerdict.Served ? answer.RateLimit : null;
        var receivedAt = token.Pool.Recognition.End(token, mark, ChargeOf(answer, token, isFree), limit);
        if (answer.UserId is { } userId)
            token.Pool.Recognition.Named(token, userId);
        return new RecordedResponse(answer, mark.SentAt, receivedAt);
    }

    /// <summary>Draws the conclusions; the response, with the time until which to keep silent where it is a refusal.</summary>
    public RawResponse Conclude(in RecordedResponse entry, GitHubToken token)
    {
        var answer = entry.Answer;
        var limit = token.Account.Limit;
        switch (answer.Verdict)
        {
            case ResponseVerdict.TokenRefused when !token.IsAnonymous:
                Refuse(token, answer.Error);
                break;
            case ResponseVerdict.Limited when answer.Refusal is { } refusal:
                if (limit.Refused(refusal, entry.SentAt, entry.ReceivedAt, out var until))
                {
                    metrics.Limited(refusal.Kind);
                    LogLimited(token.Name, refusal.Kind, answer.Error ?? "", until);
                }

                UpdateStatus(token.Pool);
                return answer with { RetryAt = until };
            default:
                if (limit.Accepted(answer.RateLimit, answer.IsGood, entry.SentAt, entry.ReceivedAt))
                    LogSpent(token.Name, answer.RateLimit!.Value.Remaining, limit.Reserve, answer.RateLimit.Value.ResetsAt);
                UpdateStatus(token.Pool);
                break;
        }

        return answer;
    }

    /// <summary>Takes note that there is no token to ask with, and why.</summary>
    public RawResponse RecordTokenUnavailable(RawResponse failure, GitHubToken token)
    {
        if (failure.Verdict == ResponseVerdict.TokenRefused)
            Refuse(token, failure.Error);
        return failure;
    }

    private static RequestCharge ChargeOf(RawResponse answer, GitHubToken token, bool isFree) => answer.Status switch
    {
        HttpStatusCode.NotModified when !token.IsAnonymous => RequestCharge.Free,
        HttpStatusCode.OK => isFree ? RequestCharge.Free : RequestCharge.One,
        _ => RequestCharge.Unknown,
    };

    private void Refuse(GitHubToken token, string? fault)
    {
        if (!token.Refuse())
            return;
        metrics.TokenRefused();
        LogTokenRefused(token.Name, fault ?? "");
        UpdateStatus(token.Pool);
    }

    /// <summary>Where nothing more can be asked, or something again, that is logged once and not with every request.</summary>
    private void UpdateStatus(TokenPool pool)
    {
        lock (_lock)
        {
            var condition = pool.Condition;
            if (condition == _reported)
                return;
            _reported = condition;
            if (condition == TokenPoolState.Exhausted)
                LogExhausted();
            else if (condition == TokenPoolState.Usable)
                LogUsable();
            else if (pool.Tokens.Count > 1)
                LogWaiting(pool.WaitsUntil ?? default);
        }
    }

    [LoggerMessage(
        EventId = 1,
        Level = LogLevel.Error,
        Message = "GitHub refused {Token} ({Fault}): it is out of use until the configuration is changed and the process is restarted")]
    private partial void LogTokenRefused(string token, string fault);

    [LoggerMessage(
        EventId = 2,
        Level = LogLevel.Warning,
        Message = "{Token} met a {Kind} limit of GitHub's ({Fault}): its account is silent until {Until:yyyy-MM-ddTHH:mm:ssZ}")]
    private partial void LogLimited(string token, LimitKind kind, string fault, DateTimeOffset until);

    [LoggerMessage(
        EventId = 3,
        Level = LogLevel.Warning,
        Message = "{Token} has {Remaining} requests left this hour, of which {Reserve} are kept for others: its account is silent " +
            "until {Until:yyyy-MM-ddTHH:mm:ssZ}")]
    private partial void LogSpent(string token, int remaining, int reserve, DateTimeOffset until);

    [LoggerMessage(
        EventId = 4,
        Level = LogLevel.Error,
        Message = "No token is left that GitHub accepts: nothing is collected until GitHub:Tokens or GitHub:App is set again and the " +
            "process is restarted")]
    private partial void LogExhausted();

    [LoggerMessage(
        EventId = 5,
        Level = LogLevel.Warning,
        Message = "Every token waits for a limit of GitHub's: nothing is asked until {Until:yyyy-MM-ddTHH:mm:ssZ}")]
    private partial void LogWaiting(DateTimeOffset until);

    [LoggerMessage(EventId = 6, Level = LogLevel.Information, Message = "GitHub is asked again")]
    private partial void LogUsable();
}

/// <summary>A response and its place among all requests and responses of the process.</summary>
internal readonly record struct RecordedResponse(RawResponse Answer, long SentAt, long ReceivedAt);
