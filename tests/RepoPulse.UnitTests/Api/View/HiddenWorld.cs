using RepoPulse.Api;
using RepoPulse.Statistics;
using RepoPulse.UnitTests.Api.Support;

namespace RepoPulse.UnitTests.Api.View;

/// <summary>What a store holds: repositories that are shown, and hidden ones that have to do with them in every way there is.</summary>
internal static class HiddenWorld
{
    /// <summary>Rules that hide the same repositories, each in its own way.</summary>
    public static readonly string[][] Rules =
    [
        ["*", "!secret/one", "!secret/now", "!secret/new", "!secret/later"],
        ["!secret/*"],
        ["*", "!SECRET/*"],
        ["octo/*", "acme/tool"],
        ["octo/pulse", "octo/other", "octo/new", "octo/Was", "octo/late", "acme/tool"],
    ];

    /// <summary>Every name that any repository has or had, and one that none did.</summary>
    public static readonly string[] Names =
    [
        "octo/pulse", "octo/older", "octo/other", "octo/new", "octo/was", "octo/late", "acme/tool", "secret/before", "secret/one",
        "SECRET/One", "secret/now", "secret/new",
        "secret/later", "octo/never",
    ];

    public static readonly long[] Ids = [1, 2, 3, 4, 11, 12, 13, 99];

    /// <summary>One was renamed from a hidden name; one has no id yet; one has a gap.</summary>
    public static IReadOnlyList<Repository> Shown { get; } =
    [
        Some.Repository(1, "octo/pulse", "octo/older", "secret/before"),
        Some.Repository(2, "octo/other") with { Coverage = Some.Ledger(
            new CoverageInterval(Some.Now.AddDays(-3), Some.Now.AddDays(-2), CoverageState.Gap, "down")) },
        Some.Repository(3, "acme/tool") with { State = RepositoryState.Gone },
        Some.Repository(0, "octo/new"),
    ];

    /// <summary>One was renamed to a hidden name, and was seen last under former names of shown ones; one has no id yet.</summary>
    public static IReadOnlyList<Repository> Hidden { get; } =
    [
        Some.Repository(11, "secret/one"),
        Some.Repository(12, "secret/now") with
        {
            Names = [Some.Seen("secret/now", Some.Now), Some.Seen("octo/was", Some.Now.AddHours(-1)), Some.Seen(
                "octo/older", Some.Now.AddHours(-1)), Some.Seen("octo/pulse", Some.Now.AddHours(1))],
        },
        Some.Repository(0, "secret/new"),
    ];

    /// <summary>A server whose store has never held anything but what is shown, and one that has the hidden ones too.</summary>
    public static async Task<(ApiServer Innocent, ApiServer Whole)> StartAsync(string[] rules)
    {
        var options = new ApiOptions { Repositories = rules };
        var innocent = await ApiServer.StartAsync(options);
        var whole = await ApiServer.StartAsync(options);
        await innocent.Catalog.PutAsync(Shown);
        await whole.Catalog.PutAsync([Hidden[1], .. Shown, Hidden[0], Hidden[2]]);
        await FillAsync(innocent, 1, 2, 3);
        await FillAsync(whole, 11, 1, 12, 2, 3);

        // What each knows of all that it holds is another thing; none of it may be shown.
        innocent.Aggregator.Set(new AggregatorStatus.Snapshot(LogPosition.Of(6), 6, 3, 6, null));
        whole.Aggregator.Set(new AggregatorStatus.Snapshot(LogPosition.Of(999), 999, 5, 10, null));
        return (innocent, whole);
    }

    /// <summary>Lets both servers lose their store, one of them in the midst of what is hidden.</summary>
    public static void LoseLog(ApiServer innocent, ApiServer whole)
    {
        innocent.LoseLog(Some.Now.AddSeconds(-5));
        whole.LoseLog(Some.Now.AddSeconds(-5));
        innocent.Aggregator.Set(innocent.Aggregator.Current with { Failure = "The store is away." });
        whole.Aggregator.Set(whole.Aggregator.Current with { Failure = "secret/one cannot be read." });
        innocent.History.Failure = new StorageException("The store is away.", isTransient: true);
        whole.History.Failure = new StorageException("secret/one cannot be read.", isTransient: true);
    }

    public static async Task FillAsync(ApiServer server, params IReadOnlyList<int> ids)
    {
        foreach (var id in ids)
        {
            await server.PublishAsync(Some.Figures(id, id % 10 + 1, Some.Series("PushEvent", id % 10), Some.Series("WatchEvent", 1)));
            server.History.Events.AddRange(Enumerable.Range(1, 3).Select(n => Some.Event(id, 100 * id + n, Some.Now.AddMinutes(-n))));
        }
    }
}
