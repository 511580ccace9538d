using System.Text.Json;
using RepoPulse.Api.Coverage;

namespace RepoPulse.Api;

/// <summary>
/// How the API writes what several documents hold: missing statistics as null, times in UTC with a Z and no needless fraction.
/// </summary>
internal static class JsonFields
{
    public static void WriteTime(this Utf8JsonWriter json, string name, DateTimeOffset? time)
    {
        if (time is { } at)
            json.WriteString(name, at.UtcDateTime);
        else
            json.WriteNull(name);
    }

    public static void WriteNumberOrNull(this Utf8JsonWriter json, string name, double? number)
    {
        if (number is { } value)
            json.WriteNumber(name, value);
        else
            json.WriteNull(name);
    }

    public static void WriteRepository(this Utf8JsonWriter json, Repository repository)
    {
        json.WriteString("repository", repository.Name.FullName);
        if (repository.Id == RepositoryId.None)
            json.WriteNull("repositoryId");
        else
            json.WriteNumber("repositoryId", repository.Id.Value);
    }

    public static void WriteCoverage(this Utf8JsonWriter json, WindowCoverageRule coverage)
    {
        json.WriteStartObject("coverage");
        json.WriteTime("from", coverage.From);
        json.WriteBoolean("complete", coverage.Complete);
        json.WriteNumber("gaps", coverage.Gaps);
        json.WriteNumber("missingSeconds", coverage.Missing.TotalSeconds);
        json.WriteEndObject();
    }
}
