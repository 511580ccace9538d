using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.Configuration.Json;

namespace RepoPulse.Configuration.Sources;

/// <summary>Settings from a JSON file.</summary>
internal static class JsonFileSource
{
    /// <summary>Reads a file; null where that failed, with the fault added.</summary>
    /// <param name="path">As whoever named it wrote it, for faults.</param>
    public static SettingsSource? Read(string path, string workingFolder, FaultList faults)
    {
        try
        {
            using var stream = File.OpenRead(Path.Combine(workingFolder, path));
            var file = new ParsedFile(new JsonStreamConfigurationSource { Stream = stream });
            file.Load();
            return new SettingsSource([.. file.Leaves.OrderBy(leaf => leaf.Key, ConfigurationKeyComparer.Instance).Select(leaf => new GivenValue(leaf.Key, leaf.Value?.Trim() ?? "", path))]);
        }
        catch (JsonException e)
        {
            // The parser's own words may quote what stands there, and that may be a secret.
            var place = string.Create(CultureInfo.InvariantCulture, $"line {e.LineNumber + 1}, column {e.BytePositionInLine + 1}");
            faults.Add(new() { Key = path, Problem = $"is not valid JSON: {place}" });
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

    /// <summary>The leaves as they were parsed: asking sections for their children costs, for each of a long list's items, as much as the list is long.</summary>
    private sealed class ParsedFile(JsonStreamConfigurationSource source) : JsonStreamConfigurationProvider(source)
    {
        public IEnumerable<KeyValuePair<string, string?>> Leaves => Data;
    }
}
