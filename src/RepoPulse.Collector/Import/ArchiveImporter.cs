using RepoPulse.Collector.Intake;
using RepoPulse.Events;
using RepoPulse.Events.Reading;

namespace RepoPulse.Collector.Import;

/// <summary>
/// Imports GH Archive files. Safe to repeat and to interrupt: what is stored is found again and counted, what is not comes with the next import.
/// </summary>
/// <remarks>
/// An archive that was read to its end, and whose events were kept, repairs the gaps that it lies over: the coverage says so.
/// </remarks>
public sealed class ArchiveImporter(EventIntake intake, IFeedStore feeds, CollectorOptions options, CollectorMetrics metrics, TimeProvider time)
{
    /// <summary>Large enough to spread a commit's cost, small enough that an interruption is answered at once.</summary>
    private const int BatchSize = 4000;

    /// <summary>Imports each archive in turn and answers what came of all.</summary>
    /// <param name="open">Opens an archive by its name; the stream is disposed here.</param>
    /// <exception cref="StorageException">The log cannot be written. All batches before stay.</exception>
    /// <exception cref="IOException">An archive cannot be read. All batches before stay.</exception>
    /// <exception cref="OperationCanceledException">The import was interrupted between two batches.</exception>
    public async Task<ImportResult> ImportAsync(
        IReadOnlyList<string> files, Func<string, Stream> open, IImportProgress progress, CancellationToken cancellationToken)
    {
        var result = new ImportResult();
        foreach (var file in files)
        {
            await using var stream = open(file);
            progress.FileStarted(file, stream.CanSeek ? stream.Length : null);
            result = await ImportAsync(file, stream, result, progress, cancellationToken).ConfigureAwait(false);
        }

        return result;
    }

    private async Task<ImportResult> ImportAsync(
        string file, Stream stream, ImportResult result, IImportProgress progress, CancellationToken cancellationToken)
    {
        await using var archive = new ArchiveReader(stream, line => progress.Skipped(file, line));
        var before = result;
        var reach = new ArchiveReach(file);
        var events = new List<GitHubEvent>(BatchSize);
        while (await archive.ReadBatchAsync(events, BatchSize, cancellationToken).ConfigureAwait(false))
        {
            reach.Take(events);

            // Events are stored whole or not at all, batch by batch: an interruption never leaves a part of one.
            var accepted = await intake.AcceptAsync(events, EventSource.Import, cancellationToken).ConfigureAwait(false);
            result = (result with { Events = before.Events + archive.Events, MalformedLines = before.MalformedLines + archive.MalformedLines }).Plus(accepted);
            progress.Advanced(archive.BytesRead, result);
        }

        metrics.Malformed(EventSource.Import, (int)archive.MalformedLines);
        result = result with { Files = before.Files + 1, MalformedLines = before.MalformedLines + archive.MalformedLines };
        var cutoff = options.RetentionPeriod is { } period ? time.GetUtcNow() - period : DateTimeOffset.MinValue;
        if (archive.EndedEarly is null && reach.Span(cutoff) is { } span)
            await feeds.NoteArchiveAsync(span, cancellationToken).ConfigureAwait(false);
        if (archive.EndedEarly is { } reason)
            result = result with { EndedEarly = [.. result.EndedEarly, (file, reason)] };
        progress.Advanced(archive.BytesRead, result);
        return result;
    }
}
