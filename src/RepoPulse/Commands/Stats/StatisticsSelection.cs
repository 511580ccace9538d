using System.Text.Json;

namespace RepoPulse.Commands.Stats;

/// <summary>Reads the statistics that were asked for.</summary>
internal static class StatisticsSelection
{
    /// <summary>
    /// The documents by name, each once, and the names that nothing is known of. Named repositories are asked for one by one: a former name
    /// is served under the present one, and only so is it distinguished from an unknown name.
    /// </summary>
    public static async Task<(IReadOnlyList<StatisticsItem> Items, IReadOnlyList<RepositoryName> Unknown)> ReadAsync(
        IStatisticsSource source, IReadOnlyList<RepositoryName> repositories, CancellationToken cancellationToken)
    {
        if (repositories.Count == 0)
            return (await ReadItemsAsync(source, null, cancellationToken), []);

        var items = new List<StatisticsItem>();
        var unknown = new List<RepositoryName>();
        foreach (var repository in repositories)
        {
            var found = await ReadItemsAsync(source, repository, cancellationToken);
            items.AddRange(found);
            if (found.Count == 0)
                unknown.Add(repository);
        }

        var ordered = items
            .DistinctBy(item => item.Document.Repository, StringComparer.OrdinalIgnoreCase)
            .OrderBy(item => item.Document.Repository, StringComparer.OrdinalIgnoreCase);
        return ([.. ordered], unknown);
    }

    private static async Task<List<StatisticsItem>> ReadItemsAsync(
        IStatisticsSource source, RepositoryName? repository, CancellationToken cancellationToken)
    {
        var items = new List<StatisticsItem>();
        await foreach (var json in source.ReadAsync(repository, cancellationToken))
            items.Add(new(json, Parse(json)));
        return items;
    }

    private static StatisticsDocument Parse(ReadOnlyMemory<byte> json)
    {
        try
        {
            return JsonSerializer.Deserialize(json.Span, StatisticsJsonContext.Default.StatisticsDocument)
                ?? throw new JsonException("A document was expected, and null found.");
        }
        catch (JsonException e)
        {
            throw new CommandFailedException($"What was read is not a statistics document: {e.Message}", e);
        }
    }
}
