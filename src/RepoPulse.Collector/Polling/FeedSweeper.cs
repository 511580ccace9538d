using RepoPulse.Collector.Intake;
using RepoPulse.Events;
using RepoPulse.Events.Reading;
using RepoPulse.GitHub;
using RepoPulse.GitHub.Feeds;
using RepoPulse.GitHub.Tokens;

namespace RepoPulse.Collector.Polling;

/// <summary>
/// Reads a feed page by page, each conditionally, as far down as its <see cref="SweepPlan"/> asks. The new events of a page are stored before the
/// next is asked for, so that what GitHub showed is held whatever becomes of the rest.
/// </summary>
internal sealed class FeedSweeper(GitHubClient client, EventIntake intake, CollectorMetrics metrics, TimeProvider time)
{
    private readonly EventReader _reader = new();

    /// <exception cref="StorageException">What came could not be stored.</exception>
    public async ValueTask<Sweep> SweepAsync(Feed feed, GitHubToken token, CancellationToken cancellationToken)
    {
        var sweep = new Sweep(time.GetUtcNow());
        var plan = SweepPlan.For(feed.Cursor, sweep.StartedAt);
        await ReadAsync(sweep, plan, feed, token, cancellationToken).ConfigureAwait(false);
        if (plan.Doubts(sweep))
            sweep.ProveNothing();
        return sweep;
    }

    private async ValueTask ReadAsync(Sweep sweep, SweepPlan plan, Feed feed, GitHubToken token, CancellationToken cancellationToken)
    {
        var remembered = feed.Cursor.Token == token.Fingerprint ? feed.Cursor.Pages : [];
        var page = client.FirstPage(feed.Cursor.MovedTo ?? feed.Address.ToString());
        var redirects = 0;
        while (true)
        {
            var known = sweep.Pages.Count < remembered.Count ? remembered[sweep.Pages.Count] : null;
            var answer = await client.GetPageAsync(new FeedRequest(page, known?.ETag, token), cancellationToken).ConfigureAwait(false);
            sweep.Ending = answer.Kind;
            sweep.Fault = answer.Fault;
            sweep.RetryAt = answer.RetryAt;
            sweep.PollInterval = answer.PollInterval ?? sweep.PollInterval;
            if (answer.Kind is FeedAnswerKind.MovedPermanently or FeedAnswerKind.MovedTemporarily && redirects++ < FeedLimits.MaxRedirects)
            {
                if (!Follow(sweep, page, answer))
                    return;
                page = answer.Location!;
                continue;
            }

            if (!await TakeAsync(sweep, plan, feed.Cursor, known, answer, cancellationToken).ConfigureAwait(false))
            {
                sweep.End(SweepExtent.Broken);
                return;
            }

            var next = answer.Kind switch
            {
                FeedAnswerKind.EndOfPages => null,
                FeedAnswerKind.NotModified => answer.Next ?? (known!.Next is null ? null : new Uri(known.Next)),
                _ => answer.Next,
            };
            if (next is null || sweep.Pages.Count == FeedLimits.MaxPages || !client.IsOwn(next))
            {
                sweep.EndWhole();
                return;
            }

            var reached = plan.Reached(sweep.Keys);
            var isFree = sweep.IsUnchanged && !token.IsAnonymous && sweep.Pages.Count < remembered.Count && remembered[sweep.Pages.Count].ETag is not null;
            if (reached == SweepExtent.Complete || (reached == SweepExtent.Overlapping && !isFree && !plan.GoesOn(sweep.Entered)))
            {
                sweep.End(reached);
                return;
            }

            if (reached == SweepExtent.Overlapping)
                sweep.MakeFirm();
            page = next;
        }
    }

    /// <summary>Takes a page's events; false where the answer is none that a sweep can go on from.</summary>
    private async ValueTask<bool> TakeAsync(
        Sweep sweep, SweepPlan plan, FeedCursor cursor, FeedPage? known, FeedAnswer answer, CancellationToken cancellationToken)
    {
        switch (answer.Kind)
        {
            case FeedAnswerKind.Page:
                return await TakePageAsync(sweep, plan, answer, cancellationToken).ConfigureAwait(false);
            case FeedAnswerKind.NotModified when known is not null:
                Repeat(sweep, cursor, known);
                return true;
            default:
                return answer.Kind == FeedAnswerKind.EndOfPages && sweep.Pages.Count > 0;
        }
    }

    private async ValueTask<bool> TakePageAsync(Sweep sweep, SweepPlan plan, FeedAnswer answer, CancellationToken cancellationToken)
    {
        var events = new List<GitHubEvent>(FeedLimits.MaxPageSize);
        List<FeedFault> faults = [];
        bool isFeed;
        string? problem;
        lock (_reader)
            isFeed = _reader.TryReadFeed(answer.Body, events, faults, out problem);
        if (!isFeed)
        {
            sweep.Ending = FeedAnswerKind.Failed;
            sweep.Fault = problem;
            return false;
        }

        sweep.Malformed += faults.Count;
        if (faults.Count > 0)
            sweep.Fault = $"{faults.Count} of a page's {events.Count + faults.Count} rows are no events; the first: {faults[0]}";
        sweep.Begin(new FeedPage(answer.ETag, events.Count, answer.Next?.AbsoluteUri), events.Count + faults.Count);

        // What is known is in the log: only what is new costs more than the reading.
        var shown = events.Count;
        events.RemoveAll(e => !sweep.Take(e, plan));
        metrics.Received(EventSource.Poll, shown - events.Count);
        if (events.Count > 0)
            await intake.AcceptAsync(events, EventSource.Poll, cancellationToken).ConfigureAwait(false);
        return true;
    }

    private bool Follow(Sweep sweep, Uri page, FeedAnswer answer)
    {
        if (client.PathOf(answer.Location!) is not { } path)
        {
            sweep.Ending = FeedAnswerKind.Failed;
            sweep.Fault = $"{page.AbsolutePath}: redirected to {answer.Location}, which is no feed of GitHub:ApiUrl";
            return false;
        }

        if (answer.Kind == FeedAnswerKind.MovedPermanently)
            sweep.MovedTo = path;
        return true;
    }

    /// <summary>An unchanged page holds what it held: the stretch of the known keys that it brought then.</summary>
    private static void Repeat(Sweep sweep, FeedCursor cursor, FeedPage page)
    {
        var start = cursor.Pages.Take(sweep.Pages.Count).Sum(p => p.Events);
        sweep.Repeat(page, cursor.Known.Skip(start).Take(page.Events));
    }
}
