using RepoPulse.ContractTests.Storage;

namespace RepoPulse.ContractTests.Contracts;

/// <summary>What the catalog reports about the feeds that are watched.</summary>
public abstract class WatchedCatalogContract(StorageUnderTest storage) : CatalogChangesContract(storage)
{
    [Fact]
    public async Task A_watched_repository_is_named_until_it_answers_and_then_has_its_id()
    {
        await WatchAsync(Widget);
        var nameless = await SingleChangeAsync();
        Assert.Equal((RepositoryId.None, "acme/widget", RepositoryState.Watching), (nameless.Id, nameless.Name.FullName, nameless.State));

        var cursor = new FeedCursor { RepositoryId = new RepositoryId(1), LastPolledAt = Sample.Noon, NextPollAt = Sample.Noon.AddMinutes(
            1) };
        await SaveAsync(Widget, cursor, new NameObservation(RepositoryName.Parse("acme/widget"), Sample.Noon));
        var repository = await SingleChangeAsync();
        Assert.Equal((1, RepositoryState.Watching), (repository.Id.Value, repository.State));
        Assert.Equal((cursor.LastPolledAt, cursor.NextPollAt), (repository.LastPolledAt, repository.NextPollAt));
        Assert.Equal(repository.Id, Assert.Single((await Store.Catalog.ReadChangesAsync(0, Cancellation)).Repositories).Id);
    }

    [Theory]
    [InlineData(RepositoryState.NotFound)]
    [InlineData(RepositoryState.Gone)]
    [InlineData(RepositoryState.Blocked)]
    [InlineData(RepositoryState.Unauthorized)]
    public async Task What_GitHub_said_shows_as_the_state(RepositoryState state)
    {
        await WatchAsync(Widget);
        await SaveAsync(Widget, new FeedCursor { State = state });
        Assert.Equal(state, (await SingleChangeAsync()).State);
        await SaveAsync(Widget, new FeedCursor { State = state, RepositoryId = new RepositoryId(1) });
        Assert.Equal(state, (await SingleChangeAsync()).State);
    }

    [Fact]
    public async Task It_reports_when_a_feed_was_last_read_without_conditions()
    {
        await WatchAsync(Widget);
        await SaveAsync(Widget, new FeedCursor { RepositoryId = new RepositoryId(1), ConfirmedAt = Sample.Noon });
        await Store.AppendAsync(Sample.Event(1, name: "acme/widget"));

        Assert.Equal(Sample.Noon, (await SingleChangeAsync()).ConfirmedAt);
        Assert.Equal(Sample.Noon, (await Store.Feeds.ReadCursorAsync(Widget, Cancellation)).ConfirmedAt);
    }

    [Fact]
    public async Task An_organizations_feed_speaks_for_public_repositories_alone()
    {
        var organization = FeedAddress.OfOrganization("acme");
        await WatchAsync(organization);
        await SaveAsync(organization, new FeedCursor { LastPolledAt = Sample.Noon });
        await Store.AppendAsync(Sample.Event(1, repository: 1, name: "acme/open"), PrivateEvent(2));

        Assert.Equal([RepositoryState.Watching, RepositoryState.Unwatched], await StatesAsync());

        // It was public for a while, and nothing of it was shown since.
        await Store.AppendAsync(Sample.Event(3, type: "PublicEvent", repository: 2, name: "acme/closed"));
        Assert.Equal([RepositoryState.Watching, RepositoryState.Watching], await StatesAsync());
        await Store.AppendAsync(PrivateEvent(4));
        Assert.Equal([RepositoryState.Watching, RepositoryState.Unwatched], await StatesAsync());

        // One that is older than what is known changes nothing.
        await Store.AppendAsync(Sample.Event(5, at: Sample.Noon, type: "PublicEvent", repository: 2, name: "acme/closed"));
        Assert.Equal([RepositoryState.Watching, RepositoryState.Unwatched], await StatesAsync());

        static GitHubEvent PrivateEvent(long id) => Sample.Event(id, repository: 2, name: "acme/closed") with { IsPrivate = true };

        async Task<IEnumerable<RepositoryState>> StatesAsync() =>
            (await Store.Catalog.ReadChangesAsync(0, Cancellation)).Repositories
                .Where(repository => repository.Id != RepositoryId.None)
                .OrderBy(repository => repository.Id)
                .Select(repository => repository.State);
    }

    [Fact]
    public async Task A_followed_rename_stays_watched_and_the_configured_name_is_an_alias()
    {
        await WatchAsync(Widget);
        await SaveAsync(
            Widget,
            new FeedCursor { RepositoryId = new RepositoryId(1), MovedTo = "repositories/1/events" },
            new NameObservation(RepositoryName.Parse("globex/gadget"), Sample.Noon));
        var repository = await SingleChangeAsync();
        Assert.Equal(RepositoryState.Watching, repository.State);
        Assert.Equal(["globex/gadget", "acme/widget"], repository.Names.Select(seen => seen.Name.FullName));
    }

    [Fact]
    public async Task An_imported_repository_that_is_listed_is_watched_before_it_answers()
    {
        await Store.AppendAsync(Sample.Event(1, name: "Acme/Widget"));
        await WatchAsync(Widget);
        var repository = await SingleChangeAsync();
        Assert.Equal((1, RepositoryState.Watching), (repository.Id.Value, repository.State));
    }

    [Fact]
    public async Task A_name_that_answers_with_another_repository_goes_to_that_one_and_both_are_reported()
    {
        await WatchAsync(Widget);
        await SaveAsync(Widget, new FeedCursor { RepositoryId = new RepositoryId(1) }, new NameObservation(Widget.Repository, Sample.Noon));
        await ChangesAsync();
        await SaveAsync(
            Widget, new FeedCursor { RepositoryId = new RepositoryId(2) }, new NameObservation(Widget.Repository, Sample.Noon.AddHours(1)));

        var changes = (await ChangesAsync()).ToDictionary(repository => repository.Id.Value, repository => repository.State);
        Assert.Equal(RepositoryState.Watching, changes[1]);
        Assert.Equal(RepositoryState.Watching, changes[2]);
    }

    [Fact]
    public async Task Taken_off_its_list_a_repository_is_unwatched_and_keeps_its_coverage()
    {
        await WatchAsync(Widget);
        await SaveAsync(
            Widget, new FeedCursor { RepositoryId = new RepositoryId(1) }, new NameObservation(Widget.Repository, Sample.Noon), Proof());
        Assert.NotNull((await SingleChangeAsync()).Coverage.CompleteSince);

        await WatchAsync();
        var repository = await SingleChangeAsync();
        Assert.Equal(RepositoryState.Unwatched, repository.State);
        Assert.Equal(Proof().From, repository.Coverage.CompleteSince);
    }

    [Fact]
    public async Task A_repository_that_never_answered_goes_with_its_listing()
    {
        await WatchAsync(Widget);
        await SingleChangeAsync();
        await WatchAsync();
        Assert.Equal(RepositoryState.Unwatched, (await SingleChangeAsync()).State);
        Assert.Empty((await Store.Catalog.ReadChangesAsync(0, Cancellation)).Repositories);
    }

    [Fact]
    public async Task Registering_the_same_list_again_changes_nothing()
    {
        await WatchAsync(Widget);
        await SingleChangeAsync();
        Time.Advance(TimeSpan.FromHours(1));
        await WatchAsync(Widget);
        Assert.Empty(await ChangesAsync());
    }

    [Fact]
    public async Task When_a_list_lapses_its_repositories_change_though_nothing_is_written()
    {
        await WatchAsync(Widget);
        await SaveAsync(Widget, new FeedCursor { RepositoryId = new RepositoryId(1) }, new NameObservation(Widget.Repository, Sample.Noon));
        await SingleChangeAsync();
        var wait = Store.Catalog.WaitForChangesAsync(Version, Cancellation).AsTask();
        Assert.False(wait.IsCompleted);

        Time.Advance(TimeSpan.FromDays(1));
        await wait.WaitAsync(TimeSpan.FromSeconds(10), Cancellation);
        Assert.Equal(RepositoryState.Unwatched, (await SingleChangeAsync()).State);
        Assert.Empty(await ChangesAsync());

        await WatchAsync(Widget);
        Assert.Equal(RepositoryState.Watching, (await SingleChangeAsync()).State);
    }

    [Fact]
    public async Task A_repository_stays_watched_while_one_list_of_two_holds()
    {
        await WatchAsync(Widget);
        Time.Advance(TimeSpan.FromHours(12));
        await Store.WatchList.RegisterAsync("there", [Widget], Time.GetUtcNow(), Cancellation);
        Time.Advance(TimeSpan.FromHours(13));
        Assert.Equal(RepositoryState.Watching, (await SingleChangeAsync()).State);
    }

    [Fact]
    public async Task An_organizations_repositories_are_watched_with_its_coverage()
    {
        await Store.AppendAsync(
            Sample.Event(1, repository: 1, name: "ACME/one"),
            Sample.Event(2, repository: 2, name: "acme-labs/two"),
            Sample.Event(3, repository: 3, name: "acme/three"));
        await Store.AppendAsync(Sample.Event(4, repository: 3, name: "globex/three"));
        await ChangesAsync();

        await WatchAsync(Acme);
        await SaveAsync(Acme, new FeedCursor { LastPolledAt = Sample.Noon }, proof: Proof());

        Assert.Equal(1, (await SingleChangeAsync()).Id.Value);
        var all = (await Store.Catalog.ReadChangesAsync(0, Cancellation)).Repositories.ToDictionary(repository => repository.Id.Value);
        Assert.Equal((RepositoryState.Watching, Sample.Noon), (all[1].State, all[1].LastPolledAt));
        Assert.Equal(Proof().From, all[1].Coverage.CompleteSince);
        Assert.Equal(RepositoryState.Unwatched, all[2].State);
        Assert.Equal(RepositoryState.Unwatched, all[3].State);

        await Store.AppendAsync(Sample.Event(9, repository: 9, name: "acme/nine"));
        Assert.Equal(RepositoryState.Watching, (await SingleChangeAsync()).State);
    }

    [Fact]
    public async Task A_feed_of_its_own_goes_before_the_organizations()
    {
        await WatchAsync(Acme, Widget);
        await SaveAsync(Acme, new FeedCursor(), proof: Proof());
        var own = Proof() with { From = Sample.Noon.AddHours(-1) };
        await SaveAsync(
            Widget, new FeedCursor { RepositoryId = new RepositoryId(1) }, new NameObservation(Widget.Repository, Sample.Noon), own);
        Assert.Equal(own.From, (await SingleChangeAsync()).Coverage.CompleteSince);

        await WatchAsync(Acme);
        var repository = await SingleChangeAsync();
        Assert.Equal((RepositoryState.Watching, Proof().From), (repository.State, repository.Coverage.CompleteSince));
    }

    private static SweepProof Proof() => new() { From = Sample.Noon.AddDays(-30), To = Sample.Noon, Contiguous = false };

    private async Task SaveAsync(FeedAddress feed, FeedCursor cursor, NameObservation? sighting = null, SweepProof? proof = null) =>
        await Store.Feeds.SaveAsync(feed, cursor, proof, sighting is { } seen ? [seen] : [], Cancellation);
}
