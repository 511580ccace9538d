using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.OpenApi;
using RepoPulse.Api.Badges;
using RepoPulse.Api.Statistics;

namespace RepoPulse.Api;

/// <summary>
/// Every parameter of the API: the document and the reader of requests take it from here. A value that is not allowed is refused with 400;
/// a parameter that is not known is passed over.
/// </summary>
internal static class Parameters
{
    public const int MaxLimit = 1000;
    public const int DefaultLimit = 100;

    public static readonly TimeSpan MinBucket = TimeSpan.FromSeconds(1);
    public static readonly TimeSpan MaxBucket = TimeSpan.FromDays(366);
    public static readonly TimeSpan DefaultBucket = TimeSpan.FromHours(1);

    public static readonly Parameter Owner = new("owner", ParameterLocation.Path, "The repository's owner, in any case.", Text);

    public static readonly Parameter Name = new("name", ParameterLocation.Path, "The repository's name, in any case.", Text);

    public static readonly Parameter<int> Limit = new(
        "limit",
        "The most items of a page.",
        () => new OpenApiSchema
        {
            Type = JsonSchemaType.Integer,
            Minimum = "1",
            Maximum = $"{MaxLimit}",
            Default = JsonValue.Create(DefaultLimit),
        },
        "a whole number from 1 to 1000",
        DefaultLimit,
        (string text, out int limit) =>
            int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out limit) && limit is >= 1 and <= MaxLimit);

    /// <summary>Read by <see cref="QueryReader.Cursor{T}"/>: what is allowed depends on the list.</summary>
    public static readonly Parameter Cursor = new(
        "cursor", ParameterLocation.Query, "The 'next' of the page before, under the same filters and sort.", Text);

    /// <summary>Each type once, in ordinal order.</summary>
    public static readonly RepeatableParameter<EventType> EventType = new(
        "eventType",
        "Only events of this type. May be repeated.",
        EventTypeSchema,
        EventTypeForm,
        Core.EventType.TryParse,
        Comparer<EventType>.Create((a, b) => string.CompareOrdinal(a.Name, b.Name)));

    public static readonly RepeatableParameter<EventType> EventTypeOfSeries =
        EventType with { Description = "Only the series of this type in byEventType; total stays. May be repeated." };

    public static readonly RepeatableParameter<EventType> EventTypeOfStream =
        EventType with { Description = "Only events of this type, and only its series in byEventType. May be repeated." };

    public static readonly Parameter<EventType> EventTypeOfBadge = new(
        "eventType",
        "The series of this type; of all events together where absent.",
        EventTypeSchema,
        EventTypeForm,
        Core.EventType.All,
        Core.EventType.TryParse);

    public static readonly Parameter<BadgeMetric> Metric = new(
        "metric",
        "The value to show.",
        () => new OpenApiSchema
        {
            Type = JsonSchemaType.String,
            Enum = [.. BadgeMetrics.Names.Select(name => (JsonNode)JsonValue.Create(name))],
            Default = JsonValue.Create(BadgeMetrics.Names[0]),
        },
        BadgeMetrics.Allowed,
        BadgeMetrics.Default,
        BadgeMetrics.TryParse);

    public static readonly RepeatableParameter<RepositoryName> Repository = new(
        "repository",
        "Only the repository that answers under this name, owner/name. May be repeated.",
        Text,
        "owner/name",
        RepositoryName.TryParse,
        Comparer<RepositoryName>.Default);

    public static readonly RepeatableParameter<RepositoryName> RepositoryOfStream = Repository with
    {
        Description = "Only the repository that answers under this name at the time, owner/name, known yet or not. May be repeated.",
    };

    public static readonly RepeatableParameter<RepositoryId> RepositoryId = new(
        "repositoryId",
        "Only the repository with this id. May be repeated.",
        () => new OpenApiSchema { Type = JsonSchemaType.Integer, Format = "int64", Minimum = "1" },
        "a whole number from 1",
        TryParseId,
        Comparer<RepositoryId>.Default);

    public static readonly Parameter<StatisticsSort?> Sort = new(
        "sort",
        "A value of total to sort by, '-' before it for descending; by name where absent. Nulls come last either way, ties by id.",
        () => new OpenApiSchema
        {
            Type = JsonSchemaType.String,
            Enum =
            [
                .. StatisticsSort.Names.SelectMany(name => new[] { name, "-" + name }).Select(sort => (JsonNode)JsonValue.Create(sort))
            ],
        },
        StatisticsSort.Allowed,
        null,
        (string text, out StatisticsSort? sort) => StatisticsSort.TryParse(text, out sort));

    public static readonly Parameter<DateTimeOffset?> Since = Time("since", "Only events created at or after this time.");

    public static readonly Parameter<DateTimeOffset?> Until = Time("until", "Only events created before this time.");

    /// <summary>In whole seconds.</summary>
    public static readonly Parameter<TimeSpan> Bucket = new(
        "bucket",
        "The length of a bucket, from PT1S to P366D: in weeks, or in days, hours, minutes and seconds. Buckets start at its multiples " +
            "since 1970.",
        () => new OpenApiSchema { Type = JsonSchemaType.String, Format = "duration", Default = JsonValue.Create("PT1H") },
        "an ISO 8601 duration from PT1S to P366D, such as PT15M, PT1H or P7D,",
        DefaultBucket,
        (string text, out TimeSpan bucket) => Iso8601Duration.TryParse(text, out bucket) && bucket >= MinBucket && bucket <= MaxBucket);

    public static readonly Parameter LastEventId = new(
        "Last-Event-ID",
        ParameterLocation.Header,
        "The last id that was read, from whichever instance: the stream goes on after it. Browsers send it by themselves.",
        Text);

    private const string EventTypeForm = "an event type such as PushEvent";

    private static Parameter<DateTimeOffset?> Time(string name, string description) => new(
        name,
        description,
        () => new OpenApiSchema { Type = JsonSchemaType.String, Format = "date-time" },
        "an RFC 3339 time such as 2026-01-31T00:00:00Z",
        null,
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

    private static OpenApiSchema Text() => new() { Type = JsonSchemaType.String };

    private static OpenApiSchema EventTypeSchema() => new() { Type = JsonSchemaType.String, Pattern = "^[A-Za-z0-9_-]{1,100}$" };
}

/// <summary>A parameter as the document describes it.</summary>
internal record Parameter(string Name, ParameterLocation In, string Description, Func<OpenApiSchema> Schema)
{
    public OpenApiParameter Describe() => new()
    {
        Name = Name,
        In = In,
        Description = Description,
        Required = In == ParameterLocation.Path,
        Explode = In == ParameterLocation.Query,
        Schema = SchemaOfAll(),
    };

    protected virtual OpenApiSchema SchemaOfAll() => Schema();
}

/// <summary>A query parameter of one value.</summary>
/// <param name="Allowed">What is allowed, for the error about any other value.</param>
/// <param name="Absent">Its value where the request does not name it.</param>
/// <param name="Parse">Reads its text.</param>
internal sealed record Parameter<T>(
    string Name, string Description, Func<OpenApiSchema> Schema, string Allowed, T Absent, ParameterParser<T> Parse)
    : Parameter(Name, ParameterLocation.Query, Description, Schema);

/// <summary>A query parameter that may be given several times.</summary>
/// <param name="Allowed">What is allowed, for the error about any other value.</param>
/// <param name="Parse">Reads the text of one value.</param>
/// <param name="Order">In which order the values are taken, so that the same request in another order is the same.</param>
internal sealed record RepeatableParameter<T>(
    string Name, string Description, Func<OpenApiSchema> Schema, string Allowed, ParameterParser<T> Parse, IComparer<T> Order)
    : Parameter(Name, ParameterLocation.Query, Description, Schema)
{
    protected override OpenApiSchema SchemaOfAll() => new() { Type = JsonSchemaType.Array, Items = Schema() };
}

internal delegate bool ParameterParser<T>(string text, out T value);
