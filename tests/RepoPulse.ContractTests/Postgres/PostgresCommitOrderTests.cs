using Npgsql;
using RepoPulse.ContractTests.Storage;

namespace RepoPulse.ContractTests.Postgres;

/// <summary>Numbers are given before a commit: a reader that asks for what follows a number must not pass over who commits late.</summary>
public sealed class PostgresCommitOrderTests : PostgresTest
{
    [Fact]
    public async Task Who_commits_late_is_not_passed_over()
    {
        await Store.AppendAsync(Sample.Event(1, repository: 1), Sample.Event(2, repository: 2));
        var (_, position) = await Store.FollowAsync(LogPosition.Start);

        // Another program has the row of a name that the first append moves last of all: numbers are given by then, and it cannot commit.
        var other = await ConnectAsync();
        await ExecuteAsync(other, "BEGIN");
        await ExecuteAsync(other, "UPDATE repository_name SET last_seen_at = last_seen_at WHERE repository_id = 1");
        var late = Store.AppendAsync(Sample.Event(3, repository: 1));
        await WaitForWaitersAsync(other, 1, Task.CompletedTask);

        // The second append would have all it needs to commit, with a greater number.
        var second = Open();
        var early = second.AppendAsync(Sample.Event(4, repository: 2));
        await WaitForWaitersAsync(other, 2, early);
        var reader = Open();
        var (first, then) = await reader.FollowAsync(position);

        await ExecuteAsync(other, "COMMIT");
        await late;
        await early;
        var (rest, _) = await reader.FollowAsync(then);
        Assert.Equal([3, 4], first.Concat(rest).ToList().Ids().Order());
    }

    [Fact]
    public async Task A_catalog_version_that_is_committed_late_is_not_passed_over()
    {
        var (here, there) = (Sample.Feed("acme/here"), Sample.Feed("acme/there"));
        await Store.WatchList.RegisterAsync("one", [here, there], Sample.Noon, Cancellation);
        await Store.Feeds.SaveAsync(
            here, new FeedCursor { RepositoryId = new RepositoryId(1) }, null, [new(here.Repository, Sample.Noon)], Cancellation);
        await Store.Feeds.SaveAsync(
            there, new FeedCursor { RepositoryId = new RepositoryId(2) }, null, [new(there.Repository, Sample.Noon)], Cancellation);
        var version = (await Store.Catalog.ReadChangesAsync(0, Cancellation)).Version;

        var other = await ConnectAsync();
        await ExecuteAsync(other, "BEGIN");
        await ExecuteAsync(other, "SELECT 1 FROM feed WHERE address = 'repos/acme/here' FOR UPDATE");
        var late = Store.Feeds
            .SaveAsync(here, new FeedCursor { RepositoryId = new RepositoryId(1), LastPolledAt = Sample.Noon }, null, [], Cancellation)
            .AsTask();
        await WaitForWaitersAsync(other, 1, Task.CompletedTask);
        var second = Open();
        var early = second.Feeds
            .SaveAsync(there, new FeedCursor { RepositoryId = new RepositoryId(2), LastPolledAt = Sample.Noon }, null, [], Cancellation)
            .AsTask();
        await WaitForWaitersAsync(other, 2, early);
        var reader = Open();
        var first = await reader.Catalog.ReadChangesAsync(version, Cancellation);

        await ExecuteAsync(other, "COMMIT");
        Assert.True(await late);
        Assert.True(await early);
        var rest = await reader.Catalog.ReadChangesAsync(first.Version, Cancellation);
        var polled = first.Repositories.Concat(rest.Repositories).Where(repository => repository.LastPolledAt is not null);
        Assert.Equal([1, 2], polled.Select(repository => repository.Id.Value).Distinct().Order());
    }

    /// <summary>
    /// Returns once so many sessions wait for one that holds a lock, or for each other behind it; or once an append has not waited.
    /// </summary>
    private async Task WaitForWaitersAsync(NpgsqlConnection connection, int sessions, Task append)
    {
        var waiting = await ConnectAsync();
        while ((append == Task.CompletedTask || !append.IsCompleted) && await ExecuteAsync(
            waiting,
            $"""
            WITH RECURSIVE behind (pid) AS (
                SELECT {connection.ProcessID}
                UNION SELECT activity.pid FROM pg_stat_activity activity JOIN behind ON behind.pid = ANY (pg_blocking_pids(activity.pid)))
            SELECT count(*) FROM behind
            """) is long found && found <= sessions)
        {
            await Task.Yield();
        }
    }
}
