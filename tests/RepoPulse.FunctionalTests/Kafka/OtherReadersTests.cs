using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using GitHubSimulator.World;

namespace RepoPulse.FunctionalTests.Kafka;

public sealed class OtherReadersTests : KafkaServicesTest
{
    [Fact]
    public async Task Another_program_finds_GitHubs_own_JSON_in_the_log_keyed_by_repository_and_with_its_type()
    {
        await StartAsync();
        await AssertWholeAsync();
        var topics = await Store.TopicsAsync();

        var records = await Kcat.ReadAsync(topics.BootstrapServers, topics.Prefix + "events", "%k\t%h\t%s\n", Cancellation);

        var expected = new List<(string, string, string)>();
        foreach (var repository in Repositories)
            expected.AddRange(await ReadFeedAsync(repository));
        var found = records.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(record => record.Split('\t'))
            .Select(record => (record[0], Header(record[1], "type"), record[2]));
        // The log may hold an event twice, as when a poll is repeated, but nothing else.
        Assert.Equal(expected.Order(), found.Distinct().Order());
        Assert.All(records.Split('\n', StringSplitOptions.RemoveEmptyEntries), record => Assert.Equal(
            "poll", Header(record.Split('\t')[1], "source")));
    }

    /// <summary>What GitHub itself shows, to the byte.</summary>
    private async Task<IEnumerable<(string Key, string Type, string Json)>> ReadFeedAsync(SimulatedRepository repository)
    {
        using var http = new HttpClient();
        http.DefaultRequestHeaders.UserAgent.ParseAdd("test");
        http.DefaultRequestHeaders.Authorization = new("Bearer", "a-token");
        var feed = await http.GetFromJsonAsync<JsonElement>(new Uri(GitHub, $"{FeedOf(repository)}?per_page=100"), Cancellation);
        var key = repository.Id.ToString(CultureInfo.InvariantCulture);
        return [.. feed.EnumerateArray().Select(e => (key, e.GetProperty("type").GetString()!, e.GetRawText()))];
    }

    private static string Header(string headers, string name) =>
        headers.Split(',').Select(header => header.Split('=')).Single(header => header[0] == name)[1];
}
