using System.Globalization;
using RepoPulse.Configuration;
using RepoPulse.Hosting;
using RepoPulse.Sql;

namespace RepoPulse.Commands.Export;

/// <summary>Writes stored events to a file or to the standard output.</summary>
internal static class ExportCommand
{
    private const int OutputBufferSize = 1 << 16;

    public static async Task<int> RunAsync(
        CommandContext context, RepoPulseSettings settings, ExportRequest request, CancellationToken cancellationToken)
    {
        await using var services = new ServiceCollection()
            .AddSingleton(context.Time)
            .AddLogging()
            .AddStorage(settings)
            .BuildServiceProvider();
        await services.GetRequiredService<SqlDatabase>().OpenAsync(cancellationToken);
        var query = new ScanQuery { Types = request.Types, Since = request.Since, Until = request.Until };
        if (request.Repositories.Count > 0)
        {
            var catalog = await services.GetRequiredService<IRepositoryCatalog>().ReadChangesAsync(0, cancellationToken);
            var (ids, unknown) = ExportedRepositories.Find(catalog.Repositories, request.Repositories);
            foreach (var name in unknown)
                await context.Error.WriteLineAsync($"repopulse: {name} (--repository) is unknown to the database.");
            if (unknown.Count > 0)
                return ExitCode.Failed;
            query = query with { Repositories = ids };
        }

        // Not the empty list that asks for all: repositories that have no event yet.
        var hasNone = request.Repositories.Count > 0 && query.Repositories.Count == 0;
        var events = hasNone
            ? AsyncEnumerable.Empty<GitHubEvent>()
            : services.GetRequiredService<IEventScan>().ReadAsync(query, cancellationToken);
        await using var progress = ExportProgress.Create(context, request);
        var written = request.File is { } file
            ? await WriteFileAsync(file, request, events, progress, cancellationToken)
            : await WriteOutputAsync(context, request, events, progress, cancellationToken);
        await progress.DisposeAsync();
        await context.Error.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture, $"{written} events exported{(request.File is null ? "." : $" to {request.File}")}"));
        return ExitCode.Done;
    }

    private static async Task<long> WriteFileAsync(
        string path,
        ExportRequest request,
        IAsyncEnumerable<GitHubEvent> events,
        ExportProgress progress,
        CancellationToken cancellationToken)
    {
        await using var file = ExportFile.Create(path);
        var written = await WriteAsync(file.Stream, request, events, progress, cancellationToken);
        await file.CompleteAsync();
        return written;
    }

    private static async Task<long> WriteOutputAsync(
        CommandContext context,
        ExportRequest request,
        IAsyncEnumerable<GitHubEvent> events,
        ExportProgress progress,
        CancellationToken cancellationToken)
    {
        // A pipe that nobody reads blocks a write for ever, and no token ends that: the wait for it is given up instead.
        return await Task.Run(
            async () =>
            {
                await using var output = new BufferedStream(context.OpenOutput(), OutputBufferSize);
                return await WriteAsync(output, request, events, progress, cancellationToken);
            },
            cancellationToken).WaitAsync(cancellationToken);
    }

    private static async Task<long> WriteAsync(
        Stream stream,
        ExportRequest request,
        IAsyncEnumerable<GitHubEvent> events,
        ExportProgress progress,
        CancellationToken cancellationToken)
    {
        var written = 0L;
        await using var writer = await ExportWriters.CreateAsync(request, stream, cancellationToken);
        await foreach (var e in events.WithCancellation(cancellationToken))
        {
            await writer.WriteAsync(e, cancellationToken);
            progress.Advanced(e.Key.CreatedAt, ++written);
        }

        await writer.CompleteAsync(cancellationToken);
        return written;
    }
}
