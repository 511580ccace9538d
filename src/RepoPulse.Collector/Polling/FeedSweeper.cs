using System.Runtime.InteropServices;
using RepoPulse.Events;
using RepoPulse.Events.Reading;
using RepoPulse.GitHub;
using RepoPulse.GitHub.Feeds;
using RepoPulse.GitHub.Tokens;

namespace RepoPulse.Collector.Polling;

/// <summary>
/// Reads a feed page by page, each conditionally. A changed feed is read to its end: events appear late and below others, so a known event
/// proves nothing about what lies beneath it.
/// </summary>
internal sealed class FeedSweeper(GitHubClient client, TimeProvider time)
{
    private readonly EventReader _reader = new();

    /// <param name="whole">Whether to look behind an unchanged first page as well.</param>
    public async ValueTask<Sweep> SweepAsync(Feed feed, GitHubToken token, bool whole, CancellationToken cancellationToken)
    {
        var sweep = new Sweep(time.GetUtcNow());
        var known = feed.Cursor.Token == token.Fingerprint ? feed.Cursor.Pages : [];
        var page = client.FirstPage(feed.Cursor.MovedTo ?? feed.Address.ToString());
        var redirects = 0;
        while (true)
        {
            var remembered = sweep.Pages.Count < known.Count ? known[sweep.Pages.Count] : null;
            var answer = await client.GetPageAsync(new FeedRequest(page, remembered?.ETag, token), cancellationToken).ConfigureAwait(false);
            sweep.Ending = answer.Kind;
            sweep.Fault = answer.Fault;
            sweep.RetryAt = answer.RetryAt;
            sweep.PollInterval = answer.PollInterval ?? sweep.PollInterval;
            Uri? next;
            switch (answer.Kind)
            {
                case FeedAnswerKind.Page:
                    if (!TakePage(sweep, answer))
                        return sweep;
                    next = answer.Next;
                    break;

                case FeedAnswerKind.NotModified when remembered is not null:
                    Repeat(sweep, feed.Cursor, remembered);
                    if (sweep.Pages.Count == 1 && !whole)
                    {
                        sweep.IsUnchanged = true;
                        return sweep;
                    }

                    next = answer.Next ?? (remembered.Next is null ? null : new Uri(remembered.Next));
                    break;

                case FeedAnswerKind.MovedPermanently or FeedAnswerKind.MovedTemporarily when redirects++ < FeedLimits.MaxRedirects:
                    if (client.PathOf(answer.Location!) is not { } path)
                    {
                        sweep.Ending = FeedAnswerKind.Failed;
                        sweep.Fault = $"{page.AbsolutePath}: redirected to {answer.Location}, which is no feed of GitHub:ApiUrl";
                        return sweep;
                    }

                    if (answer.Kind == FeedAnswerKind.MovedPermanently)
                        sweep.MovedTo = path;
                    page = answer.Location!;
                    continue;

                case FeedAnswerKind.EndOfPages when sweep.Pages.Count > 0:
                    next = null;
                    break;

                default:
                    return sweep;
            }

            if (next is null || sweep.Pages.Count == FeedLimits.MaxPages || !client.IsOwn(next))
            {
                sweep.IsWhole = true;
                return sweep;
            }

            page = next;
        }
    }

    private bool TakePage(Sweep sweep, FeedAnswer answer)
    {
        var first = sweep.Events.Count;
        List<FeedFault> faults = [];
        bool isFeed;
        string? problem;
        lock (_reader)
            isFeed = _reader.TryReadFeed(answer.Body, sweep.Events, faults, out problem);
        if (!isFeed)
        {
            sweep.Ending = FeedAnswerKind.Failed;
            sweep.Fault = problem;
            return false;
        }

        var events = sweep.Events.Count - first;
        sweep.Malformed += faults.Count;
        sweep.Rows += events + faults.Count;
        if (faults.Count > 0)
            sweep.Fault = $"{faults.Count} of a page's {events + faults.Count} rows are no events; the first: {faults[0]}";
        sweep.Pages.Add(new FeedPage(answer.ETag, events, answer.Next?.AbsoluteUri));
        foreach (var e in CollectionsMarshal.AsSpan(sweep.Events)[first..])
            sweep.Keys.Add(e.Key);
        return true;
    }

    /// <summary>An unchanged page holds what it held: the stretch of the last sweep's keys that it brought then.</summary>
    private static void Repeat(Sweep sweep, FeedCursor cursor, FeedPage page)
    {
        var start = cursor.Pages.Take(sweep.Pages.Count).Sum(p => p.Events);
        sweep.Keys.AddRange(cursor.LastSweep.Skip(start).Take(page.Events));
        sweep.Rows += page.Events;
        sweep.Pages.Add(page);
    }
}
