using System.IO.Hashing;
using System.Runtime.InteropServices;

namespace GitHubSimulator.Truth;

/// <summary>
/// Counts pages of 100 that differed from the poll before: what a client that knows everything would have had to ask for.
/// </summary>
internal static class ChangedPages
{
    private const int PageSize = 100;

    /// <param name="polls">In order; at the first, every page of the feed counts, and the first of an empty one.</param>
    public static long Count(FeedReplay replay, IReadOnlyList<DateTimeOffset> polls)
    {
        var before = Hashes(replay);
        long count = before.Count;
        foreach (var poll in polls.Skip(1))
        {
            if (!replay.AdvanceTo(poll))
                continue;
            var now = Hashes(replay);
            for (var page = 0; page < now.Count; page++)
                if (page >= before.Count || before[page] != now[page])
                    count++;
            before = now;
        }

        return count;
    }

    private static List<ulong> Hashes(FeedReplay replay)
    {
        List<ulong> hashes = [];
        foreach (var page in replay.Feed.Chunk(PageSize))
        {
            var hash = new XxHash3();
            foreach (var e in page)
                hash.Append(MemoryMarshal.AsBytes<long>([e.Repository.Id, e.Id, e.HappenedAt.UtcTicks]));
            hashes.Add(hash.GetCurrentHashAsUInt64());
        }

        return hashes.Count == 0 ? [0] : hashes;
    }
}
