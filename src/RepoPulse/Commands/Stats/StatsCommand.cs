using System.CommandLine;
using System.CommandLine.Parsing;
using System.Text;
using RepoPulse.Api;
using RepoPulse.Configuration;
using RepoPulse.Hosting;

namespace RepoPulse.Commands.Stats;

/// <summary>Shows statistics in the terminal.</summary>
internal static class StatsCommand
{
    public static Command Create(CommandRunner runner, ICommandHandlers handlers)
    {
        var repositories = new Argument<RepositoryName[]>("OWNER/REPO")
        {
            Arity = ArgumentArity.ZeroOrMore,
            Description = "The repositories to show; all where none is named.",
            CustomParser = ParseRepositories,
        };
        var server = new Option<Uri?>("--server")
        {
            HelpName = "URL",
            Description = "Ask a running server, with the first of Api:Keys where there is one; else the database is read. Needed over " +
                "Kafka.",
            CustomParser = SharedOptions.ParseUrl,
        };
        var json = new Option<bool>("--json") { Description = "Print the API's JSON in place of a table." };
        var watch = new Option<bool>("--watch") { Description = "Show them again every few seconds, until Ctrl-C." };
        var command = new DocumentedCommand("stats", "Show how often each kind of event happens.")
        {
            Examples =
            [
                new("repopulse stats", "Every repository of the database."),
                new("repopulse stats dotnet/runtime --server http://127.0.0.1:8080", "One repository, from a running server."),
                new("repopulse stats --watch --server http://127.0.0.1:8080", "Every repository, shown again every few seconds."),
                new("repopulse stats --json | jq '.items[].total.meanIntervalSeconds'", "For a script."),
            ],
        };
        command.Add(repositories);
        command.Add(server);
        command.Add(json);
        command.Add(watch);
        command.SetAction((parsed, token) => runner.RunAsync(
            parsed,
            Role.None,
            (settings, stop) =>
            {
                var activity = new ActivityReader(runner.Context);
                return parsed.GetValue(watch) ? StatsWatch.RunAsync(runner.Context, ShowOnceAsync, stop) : ShowOnceAsync(stop);

                Task<int> ShowOnceAsync(CancellationToken token) => ShowAsync(
                    runner.Context, handlers, settings, parsed.GetValue(repositories) ?? [], parsed.GetValue(server),
                    parsed.GetValue(json), activity, token);
            },
            token,
            goesOn: parsed.GetValue(watch)));
        return command;
    }

    private static async Task<int> ShowAsync(
        CommandContext context,
        ICommandHandlers handlers,
        RepoPulseSettings settings,
        IReadOnlyList<RepositoryName> repositories,
        Uri? server,
        bool asJson,
        ActivityReader activity, CancellationToken cancellationToken)
    {
        if (server is null && settings.IsKafka)
        {
            await context.Error.WriteLineAsync(
                "repopulse: over Kafka (EventLog:Provider) the statistics are those of a running server: name one by --server, such as " +
                "--server http://127.0.0.1:8080.");
            return ExitCode.Wrong;
        }

        await using var source = server is null
            ? await handlers.OpenStatisticsAsync(context, settings, cancellationToken)
            : new ServerStatistics(server, settings.Api.Keys is [var key, ..] ? key : null, context.HttpHandler());
        var (items, unknown) = await StatisticsSelection.ReadAsync(source, repositories, cancellationToken);

        if (asJson)
            await WriteJsonAsync(items, context.Out);
        else if (items.Count > 0)
            StatisticsTable.Write(
                [.. items.Select(item => item.Document)], await activity.ReadAsync(source, items, cancellationToken), context.Console);
        else if (unknown.Count == 0)
            await context.Error.WriteLineAsync("No repository is known yet.");
        foreach (var item in items.Where(item => !asJson && item.Document.Coverage is { Gaps: > 0 }))
            await context.Error.WriteLineAsync(GapNote(item.Document));
        foreach (var name in unknown)
            await context.Error.WriteLineAsync($"repopulse: {name} is unknown {(server is null ? "to the database" : $"at {server}")}.");
        return unknown.Count > 0 ? ExitCode.Failed : ExitCode.Done;
    }

    /// <summary>The form of the API's list, every document as it came.</summary>
    private static async Task WriteJsonAsync(IReadOnlyList<StatisticsItem> items, TextWriter output) => await output.WriteLineAsync(
        $$"""{"items":[{{string.Join(',', items.Select(item => Encoding.UTF8.GetString(item.Json.Span)))}}],"next":null}""");

    private static string GapNote(StatisticsDocument document)
    {
        var gaps = document.Coverage!.Gaps == 1 ? "a gap" : $"{document.Coverage.Gaps} gaps";
        return $"Note: {document.Repository} has {gaps} in its window, {HumanDuration.Show(document.Coverage.MissingSeconds)} in all, " +
            "from which events may be missing.";
    }

    private static RepositoryName[] ParseRepositories(ArgumentResult result)
    {
        var names = new List<RepositoryName>();
        foreach (var token in result.Tokens)
        {
            if (RepositoryName.TryParse(token.Value, out var name))
                names.Add(name);
            else
                result.AddError($"'{token.Value}' is not a repository; allowed: {ValueFormats.Repository.Allowed}.");
        }

        return [.. names.Distinct()];
    }
}
