using System.Collections.Concurrent;
using RepoPulse.Core.Hosting;
using RepoPulse.Core.Reading;
using RepoPulse.GitHub;

namespace RepoPulse.Collector.Polling;

/// <summary>
/// Reads a feed page by page, each conditionally, as far down as its <see cref="SweepPlan"/> asks. The new events of a page are stored
/// before the next is asked for, so that what GitHub showed is held whatever becomes of the rest.
/// </summary>
internal sealed class FeedSweeper(GitHubClient client, EventIntake intake, CollectorMetrics metrics, TimeProvider time)
{
    /// <summary>A reader remembers names and belongs to one page at a time: there are as many as pages were ever read at once.</summary>
    private readonly ConcurrentBag<EventReader> _readers = [];

    /// <summary>Reads what is new since the last reading. A token whose responses were found stale is asked without conditions.</summary>
    /// <exception cref="StorageException">What came could not be stored.</exception>
    public ValueTask<Sweep> SweepAsync(Feed feed, GitHubToken token, CancellationToken cancellationToken) =>
        ReadAsync(
            new Sweep(time.GetUtcNow(), token.Fingerprint),
            SweepPlan.For(feed.Cursor, client.Clock.Now),
            feed,
            token,
            isConditional: !token.IsStale,
            cancellationToken);

    /// <summary>Reads as far down as the readings since the last one without conditions are to be confirmed.</summary>
    /// <param name="isConditional">False for a reading that confirms; true for one that is compared with such a one.</param>
    /// <exception cref="StorageException">What came could not be stored.</exception>
    public ValueTask<Sweep> ConfirmAsync(Feed feed, GitHubToken token, bool isConditional, CancellationToken cancellationToken) =>
        ReadAsync(
            new Sweep(time.GetUtcNow(), token.Fingerprint) { IsConfirmation = true },
            SweepPlan.ToConfirm(feed.Cursor, client.Clock.Now),
            feed,
            token,
            isConditional,
            cancellationToken);

    private async ValueTask<Sweep> ReadAsync(
        Sweep sweep, SweepPlan plan, Feed feed, GitHubToken token, bool isConditional, CancellationToken cancellationToken)
    {
        var startedAt = time.GetSteadyNow();
        var remembered = isConditional && feed.Cursor.Token == token.Fingerprint ? feed.Cursor.Pages : [];
        await ReadPagesAsync(sweep, plan, feed, token, remembered, cancellationToken);

        // Only now: the first response of a process is also the first that says what GitHub's time is.
        sweep.AsOf = client.Clock.At(startedAt);
        if (plan.IsSuspect(sweep))
            sweep.ProveNothing();
        return sweep;
    }

    private async ValueTask ReadPagesAsync(
        Sweep sweep,
        SweepPlan plan,
        Feed feed,
        GitHubToken token,
        IReadOnlyList<FeedPage> remembered,
        CancellationToken cancellationToken)
    {
        var page = client.FirstPage(feed.Cursor.MovedTo ?? feed.Address.ToString());
        var redirects = 0;
        while (true)
        {
            var known = sweep.Pages.Count < remembered.Count ? remembered[sweep.Pages.Count] : null;
            var answer = await client.GetPageAsync(new FeedRequest(page, known?.ETag, token), cancellationToken);
            sweep.Ending = answer.Kind;
            sweep.Error = answer.Error;
            sweep.RetryAt = answer.RetryAt;
            sweep.PollInterval = answer.PollInterval ?? sweep.PollInterval;
            if (answer.Kind is FeedResponseKind.MovedPermanently or FeedResponseKind.MovedTemporarily
                && redirects++ < FeedLimits.MaxRedirects)
            {
                if (!Follow(sweep, page, answer))
                    return;
                page = answer.Location!;
                continue;
            }

            if (!await TakeAsync(sweep, plan, feed.Cursor, known, answer, cancellationToken))
            {
                sweep.End(SweepDepth.Broken);
                return;
            }

            var next = answer.Kind switch
            {
                FeedResponseKind.EndOfPages => null,
                FeedResponseKind.NotModified => answer.Next ?? (known!.Next is null ? null : new Uri(known.Next)),
                _ => answer.Next,
            };
            if (next is null || sweep.Pages.Count == FeedLimits.MaxPages || !client.IsOwn(next))
            {
                sweep.MarkReadToEnd();
                return;
            }

            var reached = plan.DepthOf(sweep.Keys);
            var isFree = sweep.IsUnchanged
                && !token.IsAnonymous
                && sweep.Pages.Count < remembered.Count
                && remembered[sweep.Pages.Count].ETag is not null;
            var goesOn = isFree || sweep.Malformed.Count > 0 || plan.GoesOn(sweep.Entered);
            if (reached == SweepDepth.Complete || (reached == SweepDepth.Overlapping && !goesOn))
            {
                sweep.End(reached);
                return;
            }

            if (reached == SweepDepth.Overlapping)
                sweep.MarkCheckpoint();
            page = next;
        }
    }

    /// <summary>Takes a page's events; false where the response is none that a sweep can go on from.</summary>
    private async ValueTask<bool> TakeAsync(
        Sweep sweep, SweepPlan plan, FeedCursor cursor, FeedPage? known, FeedResponse answer, CancellationToken cancellationToken)
    {
        switch (answer.Kind)
        {
            case FeedResponseKind.Page:
                return await TakePageAsync(sweep, plan, answer, cancellationToken);
            case FeedResponseKind.NotModified when known is not null:
                Repeat(sweep, cursor, known);
                return true;
            default:
                return answer.Kind == FeedResponseKind.EndOfPages && sweep.Pages.Count > 0;
        }
    }

    private async ValueTask<bool> TakePageAsync(Sweep sweep, SweepPlan plan, FeedResponse answer, CancellationToken cancellationToken)
    {
        var events = new List<GitHubEvent>(FeedLimits.MaxPageSize);
        List<MalformedElement> faults = [];
        if (!_readers.TryTake(out var reader))
            reader = new EventReader();
        var isFeed = reader.TryReadFeed(answer.Body, events, faults, out var problem);
        _readers.Add(reader);
        if (!isFeed)
        {
            sweep.Ending = FeedResponseKind.Failed;
            sweep.Error = problem;
            return false;
        }

        for (var i = 0; i < faults.Count; i++)
            sweep.Malformed.Add(sweep.Keys.Count + faults[i].Index - i);
        if (faults.Count > 0)
            sweep.Error = $"{faults.Count} of a page's {events.Count + faults.Count} rows are no events; the first: {faults[0]}";
        sweep.Begin(new FeedPage(answer.ETag, events.Count, answer.Next?.AbsoluteUri), events.Count + faults.Count);

        // What is known is in the log: only what is new costs more than the reading.
        var shown = events.Count;
        events.RemoveAll(e => !sweep.Take(e, plan));
        metrics.Received(EventSource.Poll, shown - events.Count);
        if (events.Count > 0)
            await intake.AcceptAsync(events, EventSource.Poll, cancellationToken);
        return true;
    }

    private bool Follow(Sweep sweep, Uri page, FeedResponse answer)
    {
        if (client.PathOf(answer.Location!) is not { } path)
        {
            sweep.Ending = FeedResponseKind.Failed;
            sweep.Error = $"{page.AbsolutePath}: redirected to {answer.Location}, which is no feed of GitHub:ApiUrl";
            return false;
        }

        if (answer.Kind == FeedResponseKind.MovedPermanently)
            sweep.MovedTo = path;
        return true;
    }

    /// <summary>An unchanged page holds what it held: the interval of the known keys that it brought then.</summary>
    private static void Repeat(Sweep sweep, FeedCursor cursor, FeedPage page)
    {
        var start = cursor.Pages.Take(sweep.Pages.Count).Sum(p => p.Events);
        sweep.Repeat(page, cursor.Known.Skip(start).Take(page.Events));
    }
}
