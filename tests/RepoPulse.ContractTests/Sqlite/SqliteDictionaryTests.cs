using RepoPulse.ContractTests.Storage;

namespace RepoPulse.ContractTests.Sqlite;

public sealed class SqliteDictionaryTests : SqliteTest
{
    [Fact]
    public async Task A_dictionary_is_trained_once_there_are_a_thousand_events()
    {
        await Store.AppendAsync(Sample.Events(1, 500));
        Assert.Equal(0, Count("SELECT count(*) FROM dictionary"));
        await Store.AppendAsync(Sample.Events(501, 500));
        await Store.AppendAsync(Sample.Events(1001, 500));

        Assert.Equal(1, Count("SELECT count(*) FROM dictionary"));
        Assert.Equal(500, Count("SELECT count(*) FROM payload WHERE dictionary = 0"));
        Assert.Equal(1_000, Count("SELECT count(*) FROM payload WHERE dictionary = 1"));
        // What it is for.
        Assert.True(
            Count("SELECT sum(length(json)) FROM payload WHERE seq > 1000") * 2 < Count(
                "SELECT sum(length(json)) FROM payload WHERE seq <= 500"));
    }

    [Fact]
    public async Task A_first_batch_of_an_import_already_has_its_dictionary()
    {
        await Store.AppendAsync(Sample.Events(1, 1_000));
        Assert.Equal(1_000, Count("SELECT count(*) FROM payload WHERE dictionary = 1"));
    }

    [Fact]
    public async Task The_next_process_uses_the_dictionary_of_the_one_before()
    {
        await Store.AppendAsync(Sample.Events(1, 1_000));
        var other = Open();
        await other.AppendAsync(Sample.Events(1_001, 1_000));
        Assert.Equal(2_000, Count("SELECT count(*) FROM payload WHERE dictionary = 1"));
        Assert.Equal(1, Count("SELECT count(*) FROM dictionary"));
    }

    [Fact]
    public async Task Processes_that_train_at_once_use_one_dictionary()
    {
        var stores = Enumerable.Range(0, 3).Select(_ => Open()).ToList();
        await Task.WhenAll(
            stores.Select((store, i) => Task.Run(() => store.AppendAsync(Sample.Events(1 + (i * 10_000), 1_200)), Cancellation)));
        Assert.Equal(1, Count("SELECT count(*) FROM dictionary"));
        foreach (var store in stores)
            Assert.All((await store.FollowAsync(LogPosition.Start, 1_000, includeJson: true)).Events, AssertWhole);
    }

    [Fact]
    public async Task Events_of_which_none_can_be_trained_are_stored_all_the_same()
    {
        await Store.AppendAsync([.. Enumerable.Range(1, 1_500).Select(id => Sample.Event(id, json: "{}"u8.ToArray()))]);
        await Store.AppendAsync([.. Enumerable.Range(2_001, 1_500).Select(id => Sample.Event(id, json: []))]);
        Assert.Equal(3_000, (await Store.FollowAsync(LogPosition.Start, includeJson: true)).Events.Count);
    }

    private static void AssertWhole(GitHubEvent e) =>
        Assert.StartsWith($"{{\"id\":\"{e.Key.Id}\"", e.Text(), StringComparison.Ordinal);

    private long Count(string sql)
    {
        using var connection = Connect();
        return Execute(connection, sql);
    }
}
