using RepoPulse.Core.Evidence;
using RepoPulse.Core.Reading;

namespace RepoPulse.Collector.Import;

/// <summary>
/// Imports GH Archive files. Safe to repeat and to interrupt: what is stored is found again and counted, what is not comes with the next
/// import.
/// </summary>
/// <remarks>
/// An archive that was read to its end, and whose events were kept, repairs the gaps that it lies over: the coverage says so.
/// </remarks>
public sealed class ArchiveImporter(
    EventIntake intake, IFeedStore feeds, CollectorOptions options, CollectorMetrics metrics, TimeProvider time)
{
    /// <summary>Large enough to spread a commit's cost, small enough that an interruption takes effect at once.</summary>
    private const int BatchSize = 4000;

    /// <summary>Imports each archive in turn and returns what came of all.</summary>
    /// <param name="open">Opens an archive by its name; the stream is disposed here.</param>
    /// <exception cref="StorageException">The log cannot be written. All batches before stay.</exception>
    /// <exception cref="IOException">An archive cannot be read. All batches before stay.</exception>
    /// <exception cref="OperationCanceledException">The import was interrupted between two batches.</exception>
    public async Task<ImportResult> ImportAsync(
        IReadOnlyList<string> files, Func<string, Stream> open, IImportProgress progress, CancellationToken cancellationToken)
    {
        var result = new ImportResult();
        var evidence = new ArchiveEvidence();
        var hours = new Dictionary<DateTimeOffset, ulong>();
        foreach (var file in files)
        {
            await using var stream = open(file);
            progress.FileStarted(file, stream.CanSeek ? stream.Length : null);
            result = await ImportAsync(file, stream, result, evidence, files.Count == 1, hours, progress, cancellationToken);
        }

        var (links, broken) = evidence.Counts;
        return result with { Links = links, BrokenLinks = broken };
    }

    private async Task<ImportResult> ImportAsync(
        string file,
        Stream stream,
        ImportResult result,
        ArchiveEvidence evidence,
        bool isOnlyFile,
        Dictionary<DateTimeOffset, ulong> hours,
        IImportProgress progress,
        CancellationToken cancellationToken)
    {
        await using var archive = new ArchiveReader(stream, line => progress.Skipped(file, line));
        var before = result;
        var readAt = time.GetUtcNow();
        var reach = new ArchiveTimeSpan(file, hours);
        var ofFile = isOnlyFile ? evidence : new ArchiveEvidence();
        var events = new List<GitHubEvent>(BatchSize);
        while (await archive.ReadBatchAsync(events, BatchSize, cancellationToken))
        {
            reach.Take(events);
            foreach (var e in events)
            {
                if (!EventEvidence.IsOfRef(e.Type) || !EventEvidence.TryRead(e, out var read))
                    continue;
                evidence.Add(e.RepositoryId, e.Key.CreatedAt, read);
                if (ofFile != evidence)
                    ofFile.Add(e.RepositoryId, e.Key.CreatedAt, read);
            }

            // Events are stored whole or not at all, batch by batch: an interruption never leaves a part of one.
            var accepted = await intake.AcceptAsync(events, EventSource.Import, cancellationToken);
            result = (result with
            {
                Events = before.Events + archive.Events,
                MalformedLines = before.MalformedLines + archive.MalformedLines
            }).Plus(accepted);
            progress.Advanced(archive.BytesRead, result);
        }

        metrics.Malformed(EventSource.Import, (int)archive.MalformedLines);
        result = result with { Files = before.Files + 1, MalformedLines = before.MalformedLines + archive.MalformedLines };
        var cutoff = options.RetentionPeriod is { } period ? time.GetUtcNow() - period : DateTimeOffset.MinValue;
        if (archive.EndedEarly is null && reach.Span(cutoff, readAt, ofFile.CapturedAtMost) is { } span)
            await feeds.NoteArchiveAsync(span, cancellationToken);
        if (archive.EndedEarly is { } reason)
            result = result with { EndedEarly = [.. result.EndedEarly, (file, reason)] };
        progress.Advanced(archive.BytesRead, result);
        return result;
    }
}

/// <summary>What an import came to.</summary>
public sealed record ImportResult
{
    public long Files { get; init; }

    /// <summary>Events read, whatever became of them.</summary>
    public long Events { get; init; }

    /// <summary>Of them, those that the log did not hold.</summary>
    public long New { get; init; }

    public long AlreadyHeld { get; init; }

    /// <summary>Older than the retention period: not kept.</summary>
    public long Outdated { get; init; }

    /// <summary>Of no repository: not kept.</summary>
    public long WithoutRepository { get; init; }

    /// <summary>Lines skipped because they do not hold whole events.</summary>
    public long MalformedLines { get; init; }

    /// <summary>Neighbouring pushes of a ref that fit.</summary>
    public long Links { get; init; }

    /// <summary>Neighbouring pushes that do not: one between them is in none of the files.</summary>
    public long BrokenLinks { get; init; }

    /// <summary>Files that end before their end, and why; their whole lines were kept.</summary>
    public IReadOnlyList<(string File, string Reason)> EndedEarly { get; init; } = [];

    internal ImportResult Plus(IntakeResult intake) => this with
    {
        New = New + intake.Appended,
        AlreadyHeld = AlreadyHeld + intake.AlreadyHeld,
        Outdated = Outdated + intake.Outdated,
        WithoutRepository = WithoutRepository + intake.WithoutRepository,
    };
}

/// <summary>Reports how an import goes on, on the thread that imports.</summary>
public interface IImportProgress
{
    /// <param name="length">The file's bytes as stored; null where that cannot be known.</param>
    void FileStarted(string file, long? length);

    /// <param name="bytesRead">Of the present file, as stored.</param>
    /// <param name="soFar">Of all files.</param>
    void Advanced(long bytesRead, ImportResult soFar);

    /// <summary>A line was skipped.</summary>
    void Skipped(string file, MalformedLine line);
}
