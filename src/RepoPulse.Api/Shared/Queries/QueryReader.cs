using System.Globalization;
using Microsoft.AspNetCore.Http;
using RepoPulse.Api.Badges;
using RepoPulse.Api.Statistics;

namespace RepoPulse.Api;

/// <summary>
/// Reads a request's parameters and collects every error. A value that is not understood is an error; a parameter that is not known is
/// passed over, as most servers do, since proxies and dashboards add their own.
/// </summary>
internal sealed class QueryReader(IQueryCollection query)
{
    public const int MaxLimit = 1000;
    public const int DefaultLimit = 100;

    public static readonly TimeSpan MinBucket = TimeSpan.FromSeconds(1);
    public static readonly TimeSpan MaxBucket = TimeSpan.FromDays(366);
    public static readonly TimeSpan DefaultBucket = TimeSpan.FromHours(1);

    private const string EventTypeForm = "an event type such as PushEvent";

    private readonly List<ParameterError> _faults = [];

    public IReadOnlyList<ParameterError> Errors => _faults;

    public int Limit() => One("limit", "a whole number from 1 to 1000", DefaultLimit, (string text, out int limit) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out limit) && limit is >= 1 and <= MaxLimit);

    /// <summary>Each type once, in ordinal order; empty where none is named.</summary>
    public IReadOnlyList<EventType> EventTypes() =>
        [.. Many<EventType>("eventType", EventTypeForm, (string text, out EventType type) => Core.EventType.TryParse(text, out type))
            .Distinct()
            .OrderBy(type => type.Name, StringComparer.Ordinal)];

    /// <summary>The one type that is asked for; null where none is named.</summary>
    public EventType? EventType() => One<EventType?>("eventType", EventTypeForm, null, (string text, out EventType? type) =>
    {
        type = Core.EventType.TryParse(text, out var parsed) ? parsed : null;
        return type is not null;
    });

    public BadgeMetric Metric() => One<BadgeMetric>("metric", BadgeMetrics.Allowed, BadgeMetrics.Default, BadgeMetrics.TryParse);

    public IReadOnlyList<RepositoryName> Repositories() =>
        [.. Many<RepositoryName>("repository", "owner/name", (string text, out RepositoryName name) => RepositoryName.TryParse(
            text, out name)).Distinct().Order()];

    public IReadOnlyList<RepositoryId> RepositoryIds() =>
        [.. Many<RepositoryId>("repositoryId", "a whole number from 1", TryParseId).Distinct().Order()];

    public StatisticsSort? Sort() =>
        One("sort", StatisticsSort.Allowed, null, (string text, out StatisticsSort? sort) => StatisticsSort.TryParse(text, out sort));

    public DateTimeOffset? Since() => Time("since");

    public DateTimeOffset? Until() => Time("until");

    /// <summary>The length of a bucket, in whole seconds.</summary>
    public TimeSpan Bucket() => One(
        "bucket",
        "an ISO 8601 duration from PT1S to P366D, such as PT15M, PT1H or P7D,",
        DefaultBucket,
        (string text, out TimeSpan bucket) =>
        Iso8601Duration.TryParse(text, out bucket) && bucket >= MinBucket && bucket <= MaxBucket);

    /// <summary>A position in this very list, filters included; null where the list is to start at its beginning.</summary>
    public T? Cursor<T>(FilterFingerprint filters, PositionParser<T> parse)
        where T : class => One<T?>("cursor", "the 'next' of an answer to the same filters and sort", null, (string text, out T? position) =>
        {
            position = null;
            return Api.Cursor.TryDecode(text, filters, out var payload) && parse(payload, out position);
        });

    public void Reject(string parameter, string message) => _faults.Add(new(parameter, message));

    private DateTimeOffset? Time(string parameter) => One<DateTimeOffset?>(parameter, "an RFC 3339 time such as 2026-01-31T00:00:00Z", null,
        (string text, out DateTimeOffset? time) =>
        {
            time = Rfc3339.TryParse(text, out var parsed) ? parsed : null;
            return time is not null;
        });

    private static bool TryParseId(string text, out RepositoryId id)
    {
        var parsed = long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value > 0;
        id = new RepositoryId(value);
        return parsed;
    }

    private T One<T>(string parameter, string allowed, T absent, TryParse<T> parse)
    {
        var values = query[parameter];
        if (values.Count == 0)
            return absent;
        if (values.Count > 1)
        {
            Reject(parameter, $"{parameter} is given {values.Count} times; once is allowed.");
            return absent;
        }

        return Parse(parameter, allowed, values[0], parse, out var value) ? value : absent;
    }

    private List<T> Many<T>(string parameter, string allowed, TryParse<T> parse)
    {
        var parsed = new List<T>();
        foreach (var text in query[parameter])
        {
            if (Parse(parameter, allowed, text, parse, out var value))
                parsed.Add(value);
        }

        return parsed;
    }

    private bool Parse<T>(string parameter, string allowed, string? text, TryParse<T> parse, out T value)
    {
        if (parse(text ?? "", out value))
            return true;
        Reject(parameter, $"{parameter} is '{Shorten(text ?? "")}'; {allowed} is allowed.");
        return false;
    }

    internal static string Shorten(string text) => text.Length <= 100 ? text : text[..100] + "…";

    internal delegate bool PositionParser<T>(ReadOnlySpan<byte> payload, out T? position);

    private delegate bool TryParse<T>(string text, out T value);
}

/// <param name="Message">Names the parameter, the value and what is allowed.</param>
internal sealed record ParameterError(string Parameter, string Message);
