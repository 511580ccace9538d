using System.Globalization;
using RepoPulse.GitHub;
using RepoPulse.UnitTests.GitHub.App;

namespace RepoPulse.UnitTests.GitHub.Tokens;

public sealed class TokenPoolTests
{
    private static readonly FeedAddress[] Feeds =
        [.. Enumerable.Range(0, 1_000).Select(
            i => FeedAddress.OfRepository(RepositoryName.Parse(string.Create(CultureInfo.InvariantCulture, $"octo/repository-{i}"))))];

    [Fact]
    public void Without_any_token_the_machines_address_is_the_account()
    {
        var pool = Pool([]);

        Assert.True(Assert.Single(pool.Tokens).IsAnonymous);
        Assert.True(Assert.Single(pool.Accounts).IsAnonymous);
    }

    [Fact]
    public void An_installation_stands_in_place_of_tokens_or_beside_them()
    {
        Assert.Equal(["installation-678"], Pool([], withApp: true).Tokens.Select(token => token.Name));
        Assert.Equal("installation-678", Pool(["a", "b"], withApp: true).Tokens[2].Name);
    }

    [Fact]
    public void Feeds_are_shared_out_evenly_and_by_every_process_alike()
    {
        var (pool, other) = (Pool(["a", "b", "c", "d"]), Pool(["d", "c", "b", "a"]));

        var shares = Feeds.CountBy(feed => pool.Select(feed)!.Name).ToDictionary();

        Assert.All(shares.Values, share => Assert.InRange(share, 200, 300));
        Assert.All(Feeds, feed => Assert.Equal(pool.Select(feed)!.Name, other.Select(feed)!.Name));
    }

    [Fact]
    public void A_token_that_falls_out_moves_its_own_feeds_alone()
    {
        var pool = Pool(["a", "b", "c", "d"]);
        var before = Feeds.ToDictionary(feed => feed, feed => pool.Select(feed)!);
        var gone = pool.Tokens[1];

        gone.Refuse();

        Assert.All(Feeds, feed => Assert.Equal(before[feed] != gone, pool.Select(feed) == before[feed]));
        Assert.Equal(TokenPoolState.Usable, pool.Condition);
    }

    [Fact]
    public void A_preferred_token_is_taken_while_it_is_usable()
    {
        var pool = Pool(["a", "b"]);
        var feed = Feeds[0];
        var chosen = pool.Select(feed)!;
        var other = pool.Tokens.Single(token => token != chosen);

        Assert.Same(other, pool.Select(feed, other.Fingerprint));
        Assert.Same(chosen, pool.Select(feed, "of another configuration"));
        other.Refuse();
        Assert.Same(chosen, pool.Select(feed, other.Fingerprint));
        chosen.Refuse();
        Assert.Null(pool.Select(feed, other.Fingerprint));
        Assert.Equal(TokenPoolState.Exhausted, pool.Condition);
    }

    [Fact]
    public void A_token_given_twice_is_one() => Assert.Single(Pool(["a", "a"]).Tokens);

    [Fact]
    public void A_fingerprint_gives_nothing_of_the_token_away()
    {
        var token = Pool(["ghp_secret"]).Tokens[0];

        Assert.Matches("^[0-9a-f]{12}$", token.Fingerprint);
        Assert.Equal(token.Fingerprint, Pool(["ghp_secret"]).Tokens[0].Fingerprint);
        Assert.NotEqual(token.Fingerprint, Pool(["ghp_secret2"]).Tokens[0].Fingerprint);
    }

    private static TokenPool Pool(string[] tokens, bool withApp = false)
        => new(new GitHubOptions { Tokens = tokens, App = withApp ? SomeApp.Options : null }, TimeProvider.System);
}
