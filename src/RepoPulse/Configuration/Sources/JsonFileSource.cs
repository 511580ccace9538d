using System.Globalization;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Configuration.Json;

namespace RepoPulse.Configuration;

/// <summary>Settings from a JSON file.</summary>
internal static class JsonFileSource
{
    /// <summary>Reads a file; null where that failed, with the error added.</summary>
    /// <param name="path">As the user wrote it, for errors.</param>
    public static SettingsSource? Read(string path, string workingFolder, ConfigurationErrors faults)
    {
        try
        {
            var json = File.ReadAllText(Path.Combine(workingFolder, path));
            using var stream = new MemoryStream(Encoding.UTF8.GetBytes(json), writable: false);
            var file = new ParsedFile(new JsonStreamConfigurationSource { Stream = stream });
            file.Load();
            var empty = EmptyArrays(json);
            return new SettingsSource(
            [
                .. file.Leaves.OrderBy(leaf => leaf.Key, ConfigurationKeyComparer.Instance)
                    .Select(leaf => new GivenValue(leaf.Key, leaf.Value?.Trim() ?? "", path) { IsEmptyList = empty.Contains(leaf.Key) }),
            ]);
        }
        catch (JsonException e)
        {
            // The parser's own words may quote what stands there, and that may be a secret.
            var place = string.Create(CultureInfo.InvariantCulture, $"line {e.LineNumber + 1}, column {e.BytePositionInLine + 1}");
            faults.Add(new() { Key = path, Problem = $"is not valid JSON: {place}" });
        }
        catch (InvalidOperationException)
        {
            faults.Add(new() { Key = path, Problem = "is not valid JSON: text in it is half of a surrogate pair, or not UTF-8" });
        }
        catch (FormatException e)
        {
            faults.Add(new() { Key = path, Problem = $"is not a configuration: {e.Message}" });
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            faults.Add(new() { Key = path, Problem = "does not exist" });
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            faults.Add(new() { Key = path, Problem = $"cannot be read: {e.Message}" });
        }

        return null;
    }

    /// <summary>The keys of empty arrays, which the framework's parser does not distinguish from empty texts.</summary>
    private static HashSet<string> EmptyArrays(string json)
    {
        var found = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        using var document = JsonDocument.Parse(json, new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
        Walk(document.RootElement, "");
        return found;

        void Walk(JsonElement element, string key)
        {
            if (element.ValueKind == JsonValueKind.Array && element.GetArrayLength() == 0)
                found.Add(key);
            if (element.ValueKind != JsonValueKind.Object)
                return;
            foreach (var property in element.EnumerateObject())
                Walk(property.Value, key.Length == 0 ? property.Name : $"{key}:{property.Name}");
        }
    }

    /// <summary>
    /// The leaves as they were parsed: asking sections for their children costs, for each of a long list's items, as much as the list is
    /// long.
    /// </summary>
    private sealed class ParsedFile(JsonStreamConfigurationSource source) : JsonStreamConfigurationProvider(source)
    {
        public IEnumerable<KeyValuePair<string, string?>> Leaves => Data;
    }
}
