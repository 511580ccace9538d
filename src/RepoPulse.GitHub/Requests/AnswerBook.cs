using System.Net;
using Microsoft.Extensions.Logging;
using RepoPulse.GitHub.Recognition;
using RepoPulse.GitHub.Tokens;

namespace RepoPulse.GitHub.Requests;

/// <summary>Enters what each answer says of its token and of the account behind it, and tells of what has changed, once.</summary>
internal sealed partial class AnswerBook(GitHubMetrics metrics, ILogger logger)
{
    private readonly ILogger _logger = logger;

    /// <summary>The answer, with the time until which to keep silent where it is a refusal.</summary>
    public RawAnswer Enter(RawAnswer answer, GitHubToken token, in RequestMark mark, bool isFree)
    {
        // A refused token's request is counted for the machine's address: the figures are not the token's.
        var isOwn = answer.Verdict != AnswerVerdict.TokenRefused || token.IsAnonymous;
        var receivedAt = token.Pool.Recognition.End(token, mark, ChargeOf(answer, token, isFree), isOwn && answer.Refusal is null ? answer.RateLimit : null);
        if (answer.UserId is { } userId)
            token.Pool.Recognition.Named(token, userId);
        var limit = token.Account.Limit;
        switch (answer.Verdict)
        {
            case AnswerVerdict.TokenRefused when !token.IsAnonymous:
                if (token.Refuse())
                {
                    metrics.TokenRefused();
                    LogTokenRefused(token.Name);
                }

                break;
            case AnswerVerdict.Limited when answer.Refusal is { } refusal:
                if (limit.Refused(refusal, mark.SentAt, receivedAt, out var until))
                {
                    metrics.Limited(refusal.Kind);
                    LogLimited(token.Name, refusal.Kind, answer.Fault ?? "", until);
                }

                return answer with { RetryAt = until };
            default:
                if (limit.Accepted(answer.RateLimit, answer.IsGood, mark.SentAt, receivedAt))
                    LogSpent(token.Name, answer.RateLimit!.Value.Remaining, limit.Reserve, answer.RateLimit.Value.ResetsAt);
                break;
        }

        return answer;
    }

    private static RequestCharge ChargeOf(RawAnswer answer, GitHubToken token, bool isFree) => answer.Status switch
    {
        HttpStatusCode.NotModified when !token.IsAnonymous => RequestCharge.Free,
        HttpStatusCode.OK => isFree ? RequestCharge.Free : RequestCharge.One,
        _ => RequestCharge.Unknown,
    };

    [LoggerMessage(Level = LogLevel.Error, Message = "GitHub refused the token {Token} (401): it is out of use until it is replaced in GitHub:Tokens and the process starts anew")]
    private partial void LogTokenRefused(string token);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The token {Token} met a {Kind} limit of GitHub's ({Fault}): its account is silent until {Until:yyyy-MM-ddTHH:mm:ssZ}")]
    private partial void LogLimited(string token, Limits.LimitKind kind, string fault, DateTimeOffset until);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The token {Token} has {Remaining} requests left this hour, of which {Reserve} are kept for others: its account is silent until {Until:yyyy-MM-ddTHH:mm:ssZ}")]
    private partial void LogSpent(string token, int remaining, int reserve, DateTimeOffset until);
}
