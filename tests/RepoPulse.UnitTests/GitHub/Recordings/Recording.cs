using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace RepoPulse.UnitTests.GitHub.Recordings;

/// <summary>Reads the recorded exchanges of three clients of GitHub's API, each in its own form.</summary>
internal static partial class Recording
{
    /// <summary>
    /// PyGithub's: scheme, verb, host, port, path, headers, body, status, headers and body, one a line, and an empty line.
    /// </summary>
    public static IReadOnlyList<RecordedExchange> PyGithub(string name)
    {
        var lines = File.ReadAllText(TestData.PathTo($"api/pygithub/{name}.txt")).Split('\n');
        var exchanges = new List<RecordedExchange>();
        for (var first = 0; first + 9 < lines.Length; first += 11)
        {
            (string Name, string Value)[] headers = [.. Pair()
                .Matches(lines[first + 8])
                .Select(pair => (Text(pair.Groups["name"]), Text(pair.Groups["value"])))];
            var status = int.Parse(lines[first + 7], CultureInfo.InvariantCulture);
            exchanges.Add(
                new RecordedExchange(lines[first + 4], status, Reason(headers), headers, Encoding.UTF8.GetBytes(lines[first + 9])));
        }

        return exchanges;
    }

    /// <summary>The pages of the public feed that hub4j recorded for WireMock.</summary>
    public static IReadOnlyList<RecordedExchange> Hub4j() =>
    [
        .. TestData.FilesIn("api/hub4j-events", "mappings-*.json")
            .Select(ReadMapping)
            .OrderBy(mapping => mapping.Order)
            .Select(mapping => mapping.Exchange),
    ];

    /// <summary>The feeds that octokit.rb recorded, a cassette each.</summary>
    public static IReadOnlyList<RecordedExchange> Octokit()
        => [.. TestData.FilesIn("api/octokit.rb", "*.json").SelectMany(ReadCassette)];

    public static IReadOnlyList<string> PyGithubNames()
        => [.. TestData.FilesIn("api/pygithub", "*.txt").Select(file => Path.GetFileNameWithoutExtension(file))];

    private static (int Order, RecordedExchange Exchange) ReadMapping(string file)
    {
        using var mapping = JsonDocument.Parse(File.ReadAllBytes(file));
        var response = mapping.RootElement.GetProperty("response");
        var headers = Headers(response.GetProperty("headers"));
        var body = File.ReadAllBytes(
            Path.Combine(Path.GetDirectoryName(file)!, $"__files-{response.GetProperty("bodyFileName").GetString()}"));
        var path = mapping.RootElement.GetProperty("request").GetProperty("url").GetString()!;
        return (mapping.RootElement.GetProperty("insertionIndex").GetInt32(), new RecordedExchange(
            path, response.GetProperty("status").GetInt32(), Reason(headers), headers, body));
    }

    private static IEnumerable<RecordedExchange> ReadCassette(string file)
    {
        using var cassette = JsonDocument.Parse(File.ReadAllBytes(file));
        foreach (var interaction in cassette.RootElement.GetProperty("http_interactions").EnumerateArray())
        {
            var response = interaction.GetProperty("response");
            var headers = Headers(response.GetProperty("headers"));
            var path = interaction.GetProperty("request").GetProperty("uri").GetString()!["https://api.github.com".Length..];
            yield return new RecordedExchange(
                path,
                response.GetProperty("status").GetProperty("code").GetInt32(),
                Reason(headers),
                headers,
                response.GetProperty("body").GetProperty("base64_string").GetBytesFromBase64());
        }
    }

    private static (string Name, string Value)[] Headers(JsonElement headers) =>
    [
        .. headers.EnumerateObject().SelectMany(header => header.Value.ValueKind == JsonValueKind.Array
            ? header.Value.EnumerateArray().Select(value => (header.Name, value.GetString()!))
            : [(header.Name, header.Value.GetString()!)]),
    ];

    /// <summary>GitHub repeated the status line among the headers.</summary>
    private static string Reason((string Name, string Value)[] headers)
        => headers.FirstOrDefault(header => header.Name.Equals("status", StringComparison.OrdinalIgnoreCase)).Value is { } status
            ? status.Split(' ', 2)[^1]
            : "";

    private static string Text(Group quoted) => quoted.Value.Replace("\\'", "'", StringComparison.Ordinal);

    /// <summary>A pair of Python strings, in whichever quotes.</summary>
    [GeneratedRegex(
        """\((?:'(?<name>(?:[^'\\]|\\.)*)'|"(?<name>[^"]*)"), (?:'(?<value>(?:[^'\\]|\\.)*)'|"(?<value>[^"]*)")\)""",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 60_000)]
    private static partial Regex Pair();
}
