using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using RepoPulse.GitHub.Feeds;
using RepoPulse.GitHub.Limits;

namespace RepoPulse.GitHub.Requests;

/// <summary>An answer read to its end, with what its status and headers mean.</summary>
internal sealed record RawAnswer
{
    private const HttpStatusCode NoAnswer = default;

    /// <summary>Whoever is to keep silent for longer will be told so again.</summary>
    private static readonly TimeSpan MaxRetryAfter = TimeSpan.FromDays(1);

    public required Uri Url { get; init; }

    /// <summary><see cref="NoAnswer"/> where there was none at all.</summary>
    public required HttpStatusCode Status { get; init; }

    public AnswerVerdict Verdict { get; init; }

    public ReadOnlyMemory<byte> Body { get; init; }

    public string? ETag { get; init; }

    public Uri? Next { get; init; }

    public Uri? Location { get; init; }

    public TimeSpan? PollInterval { get; init; }

    /// <summary>The limit that refused the request; null where none did.</summary>
    public Refusal? Refusal { get; init; }

    public RateLimit? RateLimit { get; init; }

    /// <summary>Whose token asked, where GitHub named the user.</summary>
    public long? UserId { get; init; }

    public DateTimeOffset? RetryAt { get; init; }

    public string? Fault { get; init; }

    /// <summary>Whether the same request may be answered better in a moment.</summary>
    public bool IsWorthRetrying => Verdict == AnswerVerdict.Served && (Status is NoAnswer or HttpStatusCode.RequestTimeout || (int)Status >= 500 || IsBrokenPage);

    /// <summary>Whether GitHub did what was asked.</summary>
    public bool IsGood => Status is HttpStatusCode.OK or HttpStatusCode.NotModified;

    private bool IsBrokenPage => Status == HttpStatusCode.OK && Fault is not null;

    public static RawAnswer Broken(Uri url, string fault) => new() { Url = url, Status = NoAnswer, Fault = fault };

    /// <summary>In place of an answer to a request that was not sent, because of a limit or a refusal that became known while it waited.</summary>
    public static RawAnswer Withheld(Uri url, AnswerVerdict verdict, DateTimeOffset? retryAt)
        => new() { Url = url, Status = NoAnswer, Verdict = verdict, RetryAt = retryAt };

    /// <param name="now">When the headers arrived.</param>
    public static RawAnswer From(Uri url, HttpResponseMessage response, byte[] body, DateTimeOffset now)
    {
        var headers = response.Headers;
        var rateLimit = Limits.RateLimit.From(headers, now);
        var message = response.StatusCode is HttpStatusCode.OK or HttpStatusCode.NotModified ? null : Message(body);
        var refusal = RefusalOf(response.StatusCode, rateLimit, RetryAfter(headers, now), message);
        return new RawAnswer
        {
            Url = url,
            Status = response.StatusCode,
            Verdict = refusal is not null ? AnswerVerdict.Limited : response.StatusCode == HttpStatusCode.Unauthorized ? AnswerVerdict.TokenRefused : AnswerVerdict.Served,
            Body = response.StatusCode == HttpStatusCode.OK ? body : default(ReadOnlyMemory<byte>),
            ETag = headers.TryGetValues("ETag", out var etags) ? etags.First() : null,
            Next = headers.TryGetValues("Link", out var links) ? LinkHeader.Next(links, url) : null,
            Location = headers.Location is { } location ? new Uri(url, location) : null,
            PollInterval = Limits.RateLimit.Number(headers, "X-Poll-Interval") is > 0 and <= 86_400 and var seconds ? TimeSpan.FromSeconds(seconds) : null,
            Refusal = refusal,
            RateLimit = rateLimit,
            UserId = refusal is null ? null : LimitMessage.UserId(message),
            Fault = Describe(response.StatusCode, body, message),
        };
    }

    public FeedAnswer ToFeedAnswer(Uri page) => new()
    {
        Kind = Kind(),
        Body = Body,
        ETag = ETag,
        Next = Next,
        PollInterval = PollInterval,
        Location = Location,
        RetryAt = RetryAt,
        Fault = Fault is null ? null : $"{page.AbsolutePath}: {Fault}",
    };

    private FeedAnswerKind Kind() => (Verdict, (int)Status) switch
    {
        (AnswerVerdict.Limited, _) => FeedAnswerKind.Limited,
        (AnswerVerdict.TokenRefused, _) => FeedAnswerKind.TokenRefused,
        (_, 200) when Fault is null => FeedAnswerKind.Page,
        (_, 304) => FeedAnswerKind.NotModified,
        (_, 301 or 308) when Location is not null => FeedAnswerKind.MovedPermanently,
        (_, 302 or 303 or 307) when Location is not null => FeedAnswerKind.MovedTemporarily,
        (_, 403) => FeedAnswerKind.Forbidden,
        (_, 404) => FeedAnswerKind.NotFound,
        (_, 410) => FeedAnswerKind.Gone,
        (_, 422) => FeedAnswerKind.EndOfPages,
        (_, 451) => FeedAnswerKind.Blocked,
        _ => FeedAnswerKind.Failed,
    };

    /// <summary>403 is a limit or a missing permission; only the headers and the message tell (GitHub's documentation of rate limits).</summary>
    private static Refusal? RefusalOf(HttpStatusCode status, RateLimit? limit, TimeSpan? retryAfter, string? message)
    {
        var isLimit = (int)status switch
        {
            429 => true,
            403 => retryAfter is not null || limit is { Remaining: 0 } || LimitMessage.IsOne(message),
            _ => false,
        };
        return isLimit ? new Refusal(LimitMessage.KindOf(message, limit), retryAfter, limit) : null;
    }

    /// <summary>Seconds, or a date by GitHub's clock.</summary>
    private static TimeSpan? RetryAfter(HttpResponseHeaders headers, DateTimeOffset now)
    {
        if (headers.RetryAfter is not { } value || (value.Delta ?? value.Date - (headers.Date ?? now)) is not { } wait)
            return null;
        return wait < TimeSpan.Zero ? TimeSpan.Zero : wait > MaxRetryAfter ? MaxRetryAfter : wait;
    }

    private static string? Describe(HttpStatusCode status, byte[] body, string? message) => (int)status switch
    {
        200 => BrokenJson(body),
        304 => null,
        _ => string.Create(CultureInfo.InvariantCulture, $"{(int)status}{(message is null ? "" : $" {message}")}"),
    };

    private static string? BrokenJson(byte[] body)
    {
        var reader = new Utf8JsonReader(body);
        try
        {
            while (reader.Read())
            {
            }

            return null;
        }
        catch (JsonException e)
        {
            return $"200 with broken JSON ({body.Length} bytes; {e.Message})";
        }
    }

    /// <summary>GitHub's <c>message</c>, cut short; null where the body is not its JSON (HTML, for one).</summary>
    private static string? Message(byte[] body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            var message = document.RootElement.ValueKind == JsonValueKind.Object
                && document.RootElement.TryGetProperty("message", out var property)
                && property.ValueKind == JsonValueKind.String ? property.GetString() : null;
            return message is { Length: > 200 } ? message[..200] : message;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return null;
        }
    }
}
