using System.Globalization;
using System.Text.Json;

namespace GitHubSimulator.Archive;

/// <summary>Reads a line in the form that GH Archive has since 2015.</summary>
internal static class ArchiveLineParser
{
    /// <summary>
    /// The event, or null where the line is not one that a feed can show: malformed, of the old form, or of no repository.
    /// </summary>
    public static ArchivedEvent? Parse(byte[] line)
    {
        try
        {
            return Read(line);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static ArchivedEvent? Read(byte[] line)
    {
        var reader = new Utf8JsonReader(line);
        string? id = null, type = null, createdAt = null;
        var timeStart = 0;
        (long Id, string? Name) repository = default, organization = default;
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            return null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var property = reader.GetString();
            reader.Read();
            switch (property)
            {
                case "id" when reader.TokenType == JsonTokenType.String:
                    id = reader.GetString();
                    break;
                case "type" when reader.TokenType == JsonTokenType.String:
                    type = reader.GetString();
                    break;
                case "created_at" when reader.TokenType == JsonTokenType.String:
                    createdAt = reader.GetString();
                    timeStart = (int)reader.TokenStartIndex;
                    break;
                case "repo":
                    repository = ReadIdAndName(ref reader, "name");
                    break;
                case "org":
                    organization = ReadIdAndName(ref reader, "login");
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        // Reading on finds anything after the object, which makes the line malformed.
        reader.Read();
        return type is not null && createdAt is not null && repository is { Id: > 0, Name: { } name } && IsFullName(name)
            && long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && DateTimeOffset.TryParse(createdAt, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            ? new ArchivedEvent(
                line, number, type, time, timeStart, createdAt.Length + 2, repository.Id, name, (organization.Id, organization.Name ?? ""))
            : null;
    }

    private static (long Id, string? Name) ReadIdAndName(ref Utf8JsonReader reader, string nameProperty)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            reader.Skip();
            return default;
        }

        using var document = JsonDocument.ParseValue(ref reader);
        var root = document.RootElement;
        var id = root.TryGetProperty("id", out var number) && number.TryGetInt64(out var value) ? value : 0;
        return (id, root.TryGetProperty(nameProperty, out var name) ? name.GetString() : null);
    }

    private static bool IsFullName(string name) => name.Split('/') is [{ Length: > 0 }, { Length: > 0 }];
}
