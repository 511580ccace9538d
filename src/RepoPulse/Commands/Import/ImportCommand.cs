using RepoPulse.Collector;
using RepoPulse.Collector.Import;
using RepoPulse.Configuration;
using RepoPulse.Hosting;

namespace RepoPulse.Commands.Import;

/// <summary>Imports archives into the configured event log, and reports what came of every line.</summary>
internal static class ImportCommand
{
    public static async Task<int> RunAsync(
        CommandContext context, RepoPulseSettings settings, IReadOnlyList<string> paths, CancellationToken cancellationToken)
    {
        IReadOnlyList<string> files;
        try
        {
            files = ArchiveFiles.Find(paths);
        }
        catch (FileNotFoundException e)
        {
            await context.Error.WriteLineAsync($"repopulse: {e.Message}");
            return ExitCode.Wrong;
        }

        await using var services = Compose(context, settings);
        await Stores.OpenAsync(services, settings, cancellationToken);
        await using var progress = ImportProgress.Create(context, files);
        ImportResult result;
        try
        {
            result = await services.GetRequiredService<ArchiveImporter>().ImportAsync(files, Open, progress, cancellationToken);
        }
        catch (OperationCanceledException)
        {
            await progress.DisposeAsync();
            await context.Error.WriteLineAsync(
                "repopulse: interrupted. What was counted so far is stored; the same import brings the rest.");
            await ImportSummary.WriteAsync(context, settings, progress.SoFar);
            throw;
        }

        await progress.DisposeAsync();
        await ImportSummary.WriteAsync(context, settings, result);
        foreach (var (file, reason) in result.EndedEarly)
            await context.Error.WriteLineAsync($"repopulse: '{file}' ends early: {reason} Its whole lines are stored.");
        return result.EndedEarly.Count == 0 ? ExitCode.Done : ExitCode.Failed;
    }

    private static ServiceProvider Compose(CommandContext context, RepoPulseSettings settings) => new ServiceCollection()
        .AddSingleton(context.Time)
        .AddSingleton(SystemDefaults.Random)
        .AddMetrics()
        .AddLogging()
        .AddEventLog(settings)
        .AddArchiveImport(settings.Collector)
        .BuildServiceProvider();

    private static Stream Open(string file) => file == ArchiveFiles.StandardInput
        ? Console.OpenStandardInput()
        : new FileStream(file, new FileStreamOptions { Options = FileOptions.SequentialScan | FileOptions.Asynchronous, BufferSize = 0 });
}
