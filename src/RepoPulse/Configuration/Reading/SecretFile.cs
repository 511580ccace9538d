namespace RepoPulse.Configuration;

/// <summary>Reads a secret from the file that its key, or its twin key, names.</summary>
internal static class SecretFile
{
    /// <summary>
    /// The secret, or each line of a list of secrets, blank ones left out; null where the file cannot be read or holds nothing.
    /// </summary>
    public static IReadOnlyList<GivenValue>? Read(Setting setting, GivenValue file, string workingFolder, ConfigurationErrors faults)
    {
        string? problem;
        try
        {
            var text = File.ReadAllText(Path.Combine(workingFolder, file.Text));
            var lines = setting.IsList ? text.Split('\n', StringSplitOptions.TrimEntries) : [text.Trim()];
            var values = lines
                .Select((line, index) => new GivenValue(file.Key, line, setting.IsList ? $"line {index + 1} of {file.Text}" : file.Text))
                .Where(value => value.Text.Length > 0)
                .ToList();
            if (values.Count > 0)
                return values;
            problem = "is an empty file";
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            problem = "does not exist";
        }
        catch (UnauthorizedAccessException)
        {
            problem = "cannot be read: it is a folder, or access is denied";
        }
        catch (Exception e) when (e is IOException or ArgumentException)
        {
            // The exception's own words name the path.
            problem = "cannot be read";
        }

        // Not even the path: it may be the secret itself, given under the wrong key.
        faults.Add(new() { Key = file.Key, Problem = problem, Allowed = setting.IsRead
            ? setting.Allowed
            : "the path of a file that holds the secret", Origin = file.Origin });
        return null;
    }
}
