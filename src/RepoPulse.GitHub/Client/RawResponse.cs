using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using RepoPulse.Core.Reading;

namespace RepoPulse.GitHub;

/// <summary>A response read to its end, with what its status and headers mean.</summary>
internal sealed record RawResponse
{
    private const HttpStatusCode NoResponse = default;

    /// <summary>The longest wait that is obeyed: GitHub names a longer one again.</summary>
    private static readonly TimeSpan MaxRetryAfter = TokenUse.MaxWait;

    public required Uri Url { get; init; }

    /// <summary><see cref="NoResponse"/> where there was none at all.</summary>
    public required HttpStatusCode Status { get; init; }

    public ResponseVerdict Verdict { get; init; }

    public ReadOnlyMemory<byte> Body { get; init; }

    public string? ETag { get; init; }

    public Uri? Next { get; init; }

    public Uri? Location { get; init; }

    public TimeSpan? PollInterval { get; init; }

    /// <summary>The limit that refused the request; null where none did.</summary>
    public RateLimitRefusal? Refusal { get; init; }

    public RateLimit? RateLimit { get; init; }

    /// <summary>Whose token asked, where GitHub named the user.</summary>
    public long? UserId { get; init; }

    public DateTimeOffset? RetryAt { get; init; }

    public string? Error { get; init; }

    /// <summary>Whether the same request may be served better in a moment.</summary>
    public bool IsWorthRetrying =>
        Verdict == ResponseVerdict.Served && (Status is NoResponse or HttpStatusCode.RequestTimeout || (int)Status >= 500 || IsBrokenPage);

    /// <summary>Whether GitHub did what was asked.</summary>
    public bool IsGood => Status is HttpStatusCode.OK or HttpStatusCode.NotModified;

    private bool IsBrokenPage => Status == HttpStatusCode.OK && Error is not null;

    public static RawResponse Broken(Uri url, string fault) => new() { Url = url, Status = NoResponse, Error = fault };

    /// <summary>
    /// In place of a response to a request that was not sent, because of a limit or a refusal that became known while it waited.
    /// </summary>
    public static RawResponse Withheld(Uri url, ResponseVerdict verdict, DateTimeOffset? retryAt)
        => new() { Url = url, Status = NoResponse, Verdict = verdict, RetryAt = retryAt };

    /// <param name="now">When the headers arrived.</param>
    public static RawResponse From(Uri url, HttpResponseMessage response, byte[] body, DateTimeOffset now)
    {
        var headers = response.Headers;
        var rateLimit = GitHub.RateLimit.From(headers, now);
        var message = response.StatusCode is HttpStatusCode.OK or HttpStatusCode.NotModified ? null : Message(body);
        var refusal = RefusalOf(response.StatusCode, rateLimit, RetryAfter(headers, now), message);
        return new RawResponse
        {
            Url = url,
            Status = response.StatusCode,
            Verdict = refusal is not null
                ? ResponseVerdict.Limited
                : response.StatusCode == HttpStatusCode.Unauthorized ? ResponseVerdict.TokenRefused : ResponseVerdict.Served,
            Body = response.StatusCode == HttpStatusCode.OK ? body : default(ReadOnlyMemory<byte>),
            ETag = headers.TryGetValues("ETag", out var etags) ? etags.First() : null,
            Next = headers.TryGetValues("Link", out var links) ? LinkHeader.Next(links, url) : null,
            Location = headers.Location is { } location && Uri.TryCreate(url, location, out var target) ? target : null,
            PollInterval = GitHub.RateLimit.Number(headers, "X-Poll-Interval") is > 0 and <= 86_400 and var seconds
                ? TimeSpan.FromSeconds(seconds)
                : null,
            Refusal = refusal,
            RateLimit = rateLimit,
            UserId = refusal is null ? null : LimitMessage.UserId(message),
            Error = Describe(response.StatusCode, body, message),
        };
    }

    public FeedResponse ToFeedResponse(Uri page) => new()
    {
        Kind = Kind(),
        Body = Body,
        ETag = ETag,
        Next = Next,
        PollInterval = PollInterval,
        Location = Location,
        RetryAt = RetryAt,
        Error = Error is null ? null : $"{page.AbsolutePath}: {Error}",
    };

    private FeedResponseKind Kind() => (Verdict, (int)Status) switch
    {
        (ResponseVerdict.Limited, _) => FeedResponseKind.Limited,
        (ResponseVerdict.TokenRefused, _) => FeedResponseKind.TokenRefused,
        (_, 200) when Error is null => FeedResponseKind.Page,
        (_, 304) => FeedResponseKind.NotModified,
        (_, 301 or 308) when Location is not null => FeedResponseKind.MovedPermanently,
        (_, 302 or 303 or 307) when Location is not null => FeedResponseKind.MovedTemporarily,
        (_, 403) => FeedResponseKind.Forbidden,
        (_, 404) => FeedResponseKind.NotFound,
        (_, 410) => FeedResponseKind.Gone,
        (_, 422) => FeedResponseKind.EndOfPages,
        (_, 451) => FeedResponseKind.Blocked,
        _ => FeedResponseKind.Failed,
    };

    /// <summary>
    /// 403 is a limit or a missing permission; only the headers and the message say which (GitHub's documentation of rate limits).
    /// </summary>
    private static RateLimitRefusal? RefusalOf(HttpStatusCode status, RateLimit? limit, TimeSpan? retryAfter, string? message)
    {
        var isLimit = (int)status switch
        {
            429 => true,
            403 => retryAfter is not null || limit is { Remaining: 0 } || LimitMessage.IsOne(message),
            _ => false,
        };
        return isLimit ? new RateLimitRefusal(LimitMessage.KindOf(message, limit), retryAfter, limit) : null;
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
            var message = document.RootElement.Text("message");
            return message is { Length: > 200 } ? message[..200] : message;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

/// <summary>What a response means for the token that asked.</summary>
internal enum ResponseVerdict
{
    Served,
    Limited,
    TokenRefused,
}
