using System.Text;
using System.Text.Json;
using RepoPulse.Core.Reading;

namespace RepoPulse.UnitTests.Core.Events.Reading;

/// <summary>Against recorded responses of GitHub's API; the expected numbers are those that the recorded data is described with.</summary>
public sealed class RecordedFeedTests
{
    private readonly EventReader _reader = new();
    private readonly List<GitHubEvent> _events = [];
    private readonly List<MalformedElement> _faults = [];

    [Fact]
    public async Task The_pages_of_the_public_feed_are_read()
    {
        foreach (var file in TestData.FilesIn("api/hub4j-events", "__files-*.json"))
            Assert.True(Read(await BytesOfAsync(file)), file);

        Expect(281, 155);
    }

    [Fact]
    public async Task The_recorded_feeds_of_2013_are_read_and_the_user_among_them_is_none()
    {
        var others = 0;
        foreach (var file in TestData.FilesIn("api/octokit.rb", "*.json"))
        {
            using var recording = JsonDocument.Parse(await BytesOfAsync(file));
            foreach (var exchange in recording.RootElement.GetProperty("http_interactions").EnumerateArray())
            {
                var body = exchange.GetProperty("response").GetProperty("body");
                others += Read(body.GetProperty("base64_string").GetBytesFromBase64()) ? 0 : 1;
            }
        }

        Expect(188, 129);
        Assert.Equal(1, others);
    }

    [Fact]
    public async Task The_recorded_exchanges_of_2012_to_2020_are_read()
    {
        foreach (var file in TestData.FilesIn("api/pygithub", "*.txt"))
        {
            // Scheme, verb, host, port, path, headers, body, status, headers, body and an empty line.
            var lines = (await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken)).Split('\n');
            for (var first = 0; first + 9 < lines.Length; first += 11)
            {
                var isFeed = Read(Encoding.UTF8.GetBytes(lines[first + 9]));
                var isAskedFor = lines[first + 4].Split('?')[0] is var path
                    && (path.EndsWith("events", StringComparison.Ordinal) || path.Contains("events/", StringComparison.Ordinal));
                Assert.True(isFeed == isAskedFor, $"{file}: {path}");
            }
        }

        Expect(323, 188);
        Assert.Equal(10, _events.Count(e => !e.HasRepository));
    }

    private bool Read(byte[] body) => _reader.TryReadFeed(body, _events, _faults, out _);

    private void Expect(int events, int distinct)
    {
        Assert.Equal(events, _events.Count);
        Assert.Equal(distinct, _events.Select(e => e.Key).Distinct().Count());
        Assert.Empty(_faults);
    }

    private static Task<byte[]> BytesOfAsync(string file) => File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken);
}
