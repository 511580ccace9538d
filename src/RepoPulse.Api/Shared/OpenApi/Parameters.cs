using System.Text.Json.Nodes;
using Microsoft.OpenApi;
using RepoPulse.Api.Badges;
using RepoPulse.Api.Statistics;

namespace RepoPulse.Api;

/// <summary>
/// Every parameter of the API. A value that is not allowed is refused with 400; a parameter that is not known is passed over.
/// </summary>
internal static class Parameters
{
    public static readonly Parameter Owner = new("owner", ParameterLocation.Path, "The repository's owner, in any case.", Text);

    public static readonly Parameter Name = new("name", ParameterLocation.Path, "The repository's name, in any case.", Text);

    public static readonly Parameter Limit = Query("limit", "The most items of a page.", () => new OpenApiSchema
    {
        Type = JsonSchemaType.Integer,
        Minimum = "1",
        Maximum = $"{QueryReader.MaxLimit}",
        Default = JsonValue.Create(QueryReader.DefaultLimit),
    });

    public static readonly Parameter Cursor = Query("cursor", "The 'next' of the page before, under the same filters and sort.", Text);

    public static readonly Parameter EventTypeOfSeries =
        Query("eventType", "Only the series of this type in byEventType; total stays. May be repeated.", EventTypeSchema, repeatable: true);

    public static readonly Parameter EventType = Query(
        "eventType", "Only events of this type. May be repeated.", EventTypeSchema, repeatable: true);

    public static readonly Parameter EventTypeOfBadge = Query(
        "eventType", "The series of this type; of all events together where absent.", EventTypeSchema);

    public static readonly Parameter Metric = Query("metric", "The value to show.", () => new OpenApiSchema
    {
        Type = JsonSchemaType.String,
        Enum = [.. BadgeMetrics.Names.Select(name => (JsonNode)JsonValue.Create(name))],
        Default = JsonValue.Create(BadgeMetrics.Names[0]),
    });

    public static readonly Parameter Repository =
        Query("repository", "Only the repository that answers under this name, owner/name. May be repeated.", Text, repeatable: true);

    public static readonly Parameter RepositoryId = Query(
        "repositoryId", "Only the repository with this id. May be repeated.",
        () => new OpenApiSchema { Type = JsonSchemaType.Integer, Format = "int64", Minimum = "1" }, repeatable: true);

    public static readonly Parameter Sort = Query(
        "sort", "A value of total to sort by, '-' before it for descending; by name where absent. Nulls come last either way, ties by id.",
        () => new OpenApiSchema
        {
            Type = JsonSchemaType.String,
            Enum =
            [
                .. StatisticsSort.Names.SelectMany(name => new[] { name, "-" + name }).Select(sort => (JsonNode)JsonValue.Create(sort))
            ],
        });

    public static readonly Parameter Since = Query("since", "Only events created at or after this time.", TimeSchema);

    public static readonly Parameter Until = Query("until", "Only events created before this time.", TimeSchema);

    public static readonly Parameter Bucket = Query(
        "bucket", "The length of a bucket, from PT1S to P366D: in weeks, or in days, hours, minutes and seconds. Buckets start at its " +
            "multiples since 1970.",
        () => new OpenApiSchema { Type = JsonSchemaType.String, Format = "duration", Default = JsonValue.Create("PT1H") });

    public static readonly Parameter RepositoryOfStream =
        Query(
            "repository",
            "Only the repository that answers under this name at the time, owner/name, known yet or not. May be repeated.",
            Text,
            repeatable: true);

    public static readonly Parameter EventTypeOfStream =
        Query(
            "eventType",
            "Only events of this type, and only its series in byEventType. May be repeated.",
            EventTypeSchema,
            repeatable: true);

    public static readonly Parameter LastEventId = new(
        "Last-Event-ID",
        ParameterLocation.Header,
        "The last id that was read, from whichever instance: the stream goes on after it. Browsers send it by themselves.",
        Text);

    private static Parameter Query(string name, string description, Func<OpenApiSchema> schema, bool repeatable = false) =>
        new(name, ParameterLocation.Query, description, schema, repeatable);

    private static OpenApiSchema Text() => new() { Type = JsonSchemaType.String };

    private static OpenApiSchema TimeSchema() => new() { Type = JsonSchemaType.String, Format = "date-time" };

    private static OpenApiSchema EventTypeSchema() => new() { Type = JsonSchemaType.String, Pattern = "^[A-Za-z0-9_-]{1,100}$" };
}

/// <summary>A parameter as the document describes it.</summary>
/// <param name="Repeatable">Whether it may be given several times.</param>
internal sealed record Parameter(string Name, ParameterLocation In, string Description, Func<OpenApiSchema> Schema, bool Repeatable = false)
{
    public OpenApiParameter Describe() => new()
    {
        Name = Name,
        In = In,
        Description = Description,
        Required = In == ParameterLocation.Path,
        Explode = In == ParameterLocation.Query,
        Schema = Repeatable ? new OpenApiSchema { Type = JsonSchemaType.Array, Items = Schema() } : Schema(),
    };
}
