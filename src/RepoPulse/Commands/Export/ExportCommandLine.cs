using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using RepoPulse.Configuration;
using RepoPulse.Hosting;

namespace RepoPulse.Commands.Export;

/// <summary>The options of an export.</summary>
internal static class ExportCommandLine
{
    private const string AllowedFormats = "ndjson, csv or parquet";

    private static readonly string[] TimeForms = ["yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", "yyyy-MM-dd'T'HH:mmK", "yyyy-MM-dd"];

    private static readonly Option<ExportFormat?> Format = new("--format")
    {
        HelpName = "FORMAT",
        Description = "ndjson (GH Archive's form), csv or parquet; without it what the name of the file ends with, else ndjson.",
        CustomParser = ParseFormat,
    };

    private static readonly Option<RepositoryName[]> Repository = new("--repository")
    {
        HelpName = "OWNER/REPO",
        Description = "Only this repository; may be given more than once.",
        Arity = ArgumentArity.OneOrMore,
        CustomParser = result => ParseAll(
            result,
            (string text, out RepositoryName name) => RepositoryName.TryParse(text, out name),
            "a repository",
            ValueFormats.Repository.Allowed),
    };

    private static readonly Option<EventType[]> Type = new("--event-type")
    {
        HelpName = "TYPE",
        Description = "Only events of this type, such as PushEvent; may be given more than once.",
        Arity = ArgumentArity.OneOrMore,
        CustomParser = result => ParseAll(
            result,
            (string text, out EventType type) => EventType.TryParse(text, out type),
            "an event type",
            "GitHub's names, such as PushEvent"),
    };

    private static readonly Option<DateTimeOffset?> Since = new("--since")
    {
        HelpName = "TIME",
        Description = "Only events from this time on: 2026-11-23T07:00:00Z, or 2026-11-23 for the start of the day in UTC.",
        CustomParser = ParseTime,
    };

    private static readonly Option<DateTimeOffset?> Until = new("--until")
    {
        HelpName = "TIME",
        Description = "Only events before this time.",
        CustomParser = ParseTime,
    };

    private static readonly Option<string?> Output = new("--output")
    {
        HelpName = "FILE",
        Description = "Where to, compressed if the name ends with .gz; the standard output without it, or for -.",
    };

    private static readonly Option<bool> Raw = new("--raw")
    {
        Description = "Leave CSV cells as they are; without it one that a spreadsheet would take for a formula begins with '.",
    };

    private delegate bool TryParse<T>(string text, out T value);

    public static Command Create(CommandRunner runner, ICommandHandlers handlers)
    {
        var command = new DocumentedCommand("export", "Write stored events as NDJSON, CSV or Parquet.")
        {
            Examples =
            [
                new("repopulse export --output events.json.gz", "Everything, as GH Archive has it; 'repopulse import' reads it back."),
                new(
                    "repopulse export --repository dotnet/runtime --since 2026-11-16 --format csv",
                    "A repository's events since a day, to the standard output."),
                new("repopulse export --output events.parquet", "For DuckDB: SELECT type, count(*) FROM 'events.parquet' GROUP BY type."),
            ],
        };
        foreach (var option in (ReadOnlySpan<Option>)[Format, Repository, Type, Since, Until, Output, Raw])
            command.Add(option);
        command.SetAction(async (parsed, token) =>
        {
            if (ErrorOf(parsed) is not { } fault)
                return await runner.RunAsync(
                    parsed, Role.None, (settings, stop) => ExportAsync(runner.Context, handlers, settings, Request(parsed), stop), token);
            await runner.Context.Error.WriteLineAsync($"repopulse: {fault}");
            await runner.Context.Error.WriteLineAsync("See 'repopulse export --help'.");
            return ExitCode.Wrong;
        });
        return command;
    }

    private static async Task<int> ExportAsync(
        CommandContext context,
        ICommandHandlers handlers,
        RepoPulseSettings settings,
        ExportRequest request,
        CancellationToken cancellationToken)
    {
        if (!settings.IsKafka || settings.Storage.IsSet)
            return await handlers.ExportAsync(context, settings, request, cancellationToken);
        await context.Error.WriteLineAsync(
            "repopulse: over Kafka (EventLog:Provider) the events that are exported are those of an archive: give its Storage:Provider " +
            "and Storage:ConnectionString, as for 'repopulse archive'.");
        return ExitCode.Wrong;
    }

    private static ExportRequest Request(ParseResult parsed) => new()
    {
        Format = FormatOf(parsed.GetValue(Format), FileOf(parsed.GetValue(Output))),
        File = FileOf(parsed.GetValue(Output)),
        Repositories = parsed.GetValue(Repository) ?? [],
        Types = parsed.GetValue(Type) ?? [],
        IsRaw = parsed.GetValue(Raw),
        Since = parsed.GetValue(Since),
        Until = parsed.GetValue(Until),
    };

    private static string? FileOf(string? output) => output == "-" ? null : output;

    private static ExportFormat FormatOf(ExportFormat? given, string? file) => given ?? Path.GetExtension(file)?.ToUpperInvariant() switch
    {
        ".PARQUET" => ExportFormat.Parquet,
        ".CSV" => ExportFormat.Csv,
        ".GZ" when Path.GetFileNameWithoutExtension(file)!.EndsWith(".csv", StringComparison.OrdinalIgnoreCase) => ExportFormat.Csv,
        _ => ExportFormat.Ndjson,
    };

    /// <summary>What is wrong with the options together; each of its own is right here.</summary>
    private static string? ErrorOf(ParseResult parsed)
    {
        var request = Request(parsed);
        var file = request.File;
        if (file is { Length: 0 } || Directory.Exists(file))
            return $"--output '{file}' is not a file's name; allowed: a file, or - for the standard output.";
        if (request.Format == ExportFormat.Parquet && file is null)
            return "--format parquet needs a file: give --output FILE.";
        if (request.Format == ExportFormat.Parquet && ExportFile.IsCompressed(file!))
            return $"--output '{file}' would be compressed twice: Parquet is so in itself; allowed: a name without .gz.";
        return request.Since > request.Until ? "--since is after --until; a time at or before it is allowed." : null;
    }

    private static ExportFormat? ParseFormat(ArgumentResult result)
    {
        switch (result.Tokens[0].Value.ToUpperInvariant())
        {
            case "NDJSON":
                return ExportFormat.Ndjson;
            case "CSV":
                return ExportFormat.Csv;
            case "PARQUET":
                return ExportFormat.Parquet;
            default:
                result.AddError($"--format '{result.Tokens[0].Value}' is not a format; allowed: {AllowedFormats}.");
                return null;
        }
    }

    private static DateTimeOffset? ParseTime(ArgumentResult result)
    {
        var text = result.Tokens[0].Value;
        // Without an offset a time would be a guess; a day is one of UTC.
        var hasOffset = text.Length == 10 || text[^1] is 'Z' or 'z' || (text.Length > 16 && text[^6] is '+' or '-');
        if (hasOffset && DateTimeOffset.TryParseExact(
            text, TimeForms, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time))
            return time;
        result.AddError($"{((OptionResult)result.Parent!).Option.Name} '{text}' is not a time; allowed: a time with its offset, such " +
            "as 2026-11-23T07:00:00Z, or a day, such as 2026-11-23.");
        return null;
    }

    private static T[] ParseAll<T>(ArgumentResult result, TryParse<T> tryParse, string what, string allowed)
    {
        var values = new List<T>();
        foreach (var token in result.Tokens)
        {
            if (tryParse(token.Value, out var value))
                values.Add(value);
            else
                result.AddError($"{((OptionResult)result.Parent!).Option.Name} '{token.Value}' is not {what}; allowed: {allowed}.");
        }

        return [.. values.Distinct()];
    }
}
