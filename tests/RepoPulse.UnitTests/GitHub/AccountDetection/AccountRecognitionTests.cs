using Microsoft.Extensions.Time.Testing;
using RepoPulse.GitHub;

namespace RepoPulse.UnitTests.GitHub.AccountDetection;

public sealed class AccountRecognitionTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Tokens_of_one_user_come_to_share_an_account(int atOnce)
    {
        for (var seed = 0; seed < 100; seed++)
        {
            var github = new CountingGitHub(seed, "octo", "octo") { Unchanged = seed % 3 * 0.4 };

            github.Run(4_000, atOnce, until: () => github.Pool.Accounts.Count == 1);

            Assert.True(github.Pool.Accounts.Count == 1, $"seed {seed}: two accounts after {github.Requests} requests");
            Assert.Same(github.Pool.Tokens[0].Account, github.Pool.Tokens[1].Account);
            Assert.Equal(github.Pool.Tokens, github.Pool.Accounts[0].Tokens);
        }
    }

    [Theory]
    [InlineData(20)]
    [InlineData(80)]
    public void While_many_requests_overlap_tokens_of_one_user_are_in_doubt_and_keep_one_pace(int atOnce)
    {
        for (var seed = 0; seed < 50; seed++)
        {
            var github = new CountingGitHub(seed, "octo", "octo") { Unchanged = seed % 3 * 0.4 };

            github.Run(4_000, atOnce);
            Assert.Same(github.Pool.Tokens[0].Account.Pace, github.Pool.Tokens[1].Account.Pace);

            github.Run(1_000, atOnce: 1);
            Assert.Single(github.Pool.Accounts);
        }
    }

    /// <summary>
    /// The users differ in what they used before, and in how often others ask as them: never, or as often as we do, which looks most alike.
    /// </summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(20)]
    [InlineData(80)]
    public void Tokens_of_two_users_stay_apart_though_their_windows_end_in_the_same_second(int atOnce)
    {
        for (var seed = 0; seed < 1_000; seed++)
        {
            var github = new CountingGitHub(seed, "octo", "cat") { Unchanged = seed % 3 * 0.4, Strangers = seed % 5 * 0.5 };
            github.Used("octo", seed % 7);
            github.Used("cat", seed % 4);

            github.Run(1_000, atOnce);

            Assert.True(github.Pool.Accounts.Count == 2, $"seed {seed}: one account of two");
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(80)]
    public void Tokens_of_two_users_come_to_have_a_pace_each(int atOnce)
    {
        for (var seed = 0; seed < 50; seed++)
        {
            var github = new CountingGitHub(seed, "octo", "cat") { Unchanged = seed % 3 * 0.4 };

            github.Run(4_000, atOnce);

            Assert.NotSame(github.Pool.Tokens[0].Account.Pace, github.Pool.Tokens[1].Account.Pace);
        }
    }

    [Fact]
    public void One_request_at_a_time_a_few_dozen_requests_show()
    {
        for (var seed = 0; seed < 50; seed++)
        {
            var same = new CountingGitHub(seed, "octo", "octo");
            same.Run(200, atOnce: 1, until: () => same.Pool.Accounts.Count == 1);
            var apart = new CountingGitHub(seed, "octo", "cat");
            apart.Run(200, atOnce: 1, until: () => apart.Pool.Tokens[0].Account.Pace != apart.Pool.Tokens[1].Account.Pace);

            Assert.InRange(same.Requests, 16, 100);
            Assert.InRange(apart.Requests, 5, 100);
        }
    }

    [Fact]
    public void Of_many_tokens_those_of_each_user_find_together()
    {
        for (var seed = 0; seed < 10; seed++)
        {
            var github = new CountingGitHub(seed, "a", "b", "c", "a", "b", "a") { Unchanged = 0.3 };

            github.Run(6_000, atOnce: 2);

            var tokens = github.Pool.Tokens;
            Assert.Equal(3, github.Pool.Accounts.Count);
            Assert.Equal([tokens[0], tokens[3], tokens[5]], tokens[0].Account.Tokens);
            Assert.Equal([tokens[1], tokens[4]], tokens[1].Account.Tokens);
            Assert.Equal(3, github.Pool.Accounts.Select(account => account.Pace).Distinct().Count());
        }
    }

    [Fact]
    public void Others_who_use_the_account_now_and_then_do_not_hide_that_it_is_one()
    {
        for (var seed = 0; seed < 20; seed++)
        {
            var github = new CountingGitHub(seed, "octo", "octo") { Strangers = 0.1, Unchanged = 0.5 };

            github.Run(4_000, atOnce: 2, until: () => github.Pool.Accounts.Count == 1);

            Assert.True(github.Pool.Accounts.Count == 1, $"seed {seed}");
        }
    }

    [Fact]
    public void In_doubt_tokens_keep_one_pace()
    {
        var pool = new TokenPool(new GitHubOptions { Tokens = ["a", "b"] }, TimeProvider.System);

        Assert.Equal(2, pool.Accounts.Count);
        Assert.Same(pool.Accounts[0].Pace, pool.Accounts[1].Pace);
    }

    [Fact]
    public void A_user_whom_GitHub_names_settles_it()
    {
        var pool = new TokenPool(new GitHubOptions { Tokens = ["a", "b", "c"] }, TimeProvider.System);

        pool.Recognition.Named(pool.Tokens[0], 7);
        pool.Recognition.Named(pool.Tokens[2], 7);
        pool.Recognition.Named(pool.Tokens[1], 8);

        Assert.Equal([pool.Tokens[0], pool.Tokens[2]], pool.Tokens[0].Account.Tokens);
        Assert.Equal([pool.Tokens[1]], pool.Tokens[1].Account.Tokens);
        Assert.NotSame(pool.Tokens[0].Account.Pace, pool.Tokens[1].Account.Pace);
        Assert.Equal(2, pool.Accounts.Count);
    }

    [Fact]
    public void What_one_of_them_knew_of_a_limit_both_know_after()
    {
        var pool = new TokenPool(new GitHubOptions { Tokens = ["a", "b"] }, new FakeTimeProvider());
        var refusal = new RepoPulse.GitHub.RateLimitRefusal(RepoPulse.GitHub.LimitKind.Secondary, TimeSpan.FromMinutes(9), null);
        pool.Tokens[1].Account.Limit.Refused(refusal, 1, 2, out var until);

        pool.Recognition.Named(pool.Tokens[0], 7);
        pool.Recognition.Named(pool.Tokens[1], 7);

        Assert.Equal(until, pool.Tokens[0].Account.BlockedUntil);
        Assert.Equal(until, pool.Tokens[1].Account.BlockedUntil);
    }

    [Fact]
    public void An_installation_is_never_taken_for_a_users()
    {
        var pool = new TokenPool(new GitHubOptions { Tokens = ["a"], App = App.SomeApp.Options }, TimeProvider.System);

        Assert.Equal(2, pool.Accounts.Count);
        Assert.NotSame(pool.Accounts[0].Pace, pool.Accounts[1].Pace);
        Assert.Equal(SameAccountVerdict.Apart, pool.Recognition.MayBeOne(pool.Tokens[0], pool.Tokens[1])
            ? SameAccountVerdict.Unknown
            : SameAccountVerdict.Apart);
    }
}
