using System.Globalization;
using System.Text.Json;

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
            var root = new ConfigurationBuilder().AddJsonStream(stream).Build();
            var values = new List<GivenValue>();
            foreach (var section in root.GetChildren())
                AddLeaves(section, path, values);
            return new SettingsSource(values);
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

    private static void AddLeaves(IConfigurationSection section, string path, List<GivenValue> values)
    {
        var children = section.GetChildren().ToList();
        if (children.Count == 0)
            values.Add(new(section.Path, section.Value?.Trim() ?? "", path));
        foreach (var child in children)
            AddLeaves(child, path, values);
    }
}
