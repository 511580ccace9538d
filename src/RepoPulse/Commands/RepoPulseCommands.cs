using System.CommandLine;
using System.CommandLine.Help;
using RepoPulse.Commands.Check;
using RepoPulse.Commands.Completion;
using RepoPulse.Commands.Export;
using RepoPulse.Commands.Stats;
using RepoPulse.Hosting;

namespace RepoPulse.Commands;

/// <summary>Every command there is, with its options, arguments and examples.</summary>
internal static class RepoPulseCommands
{
    private static readonly CommandExample[] RootExamples =
    [
        new(
            "repopulse run --repository dotnet/runtime",
            "Watch a repository; its statistics are at http://127.0.0.1:8080/api/v1/statistics."),
        new("repopulse stats dotnet/runtime", "How often each kind of event happens there."),
    ];

    public static RootCommand Create(CommandRunner runner, ICommandHandlers handlers)
    {
        var root = new RootCommand("Watches GitHub repositories and shows how often each kind of event happens in them.")
        {
            Run(runner, handlers),
            Collect(runner, handlers),
            Serve(runner, handlers),
            Aggregate(runner, handlers),
            Archive(runner, handlers),
            Import(runner, handlers),
            ExportCommandLine.Create(runner, handlers),
            StatsCommand.Create(runner, handlers),
            Check(runner, handlers),
            CompletionCommand.Create(runner.Context),
        };
        root.Add(SharedOptions.Config);
        foreach (var option in root.Options)
        {
            if (option is HelpOption help)
                help.Action = new HelpWithExamples((HelpAction)help.Action!, RootExamples);
            else if (option is VersionOption version)
                version.Action = new ShowVersion();
        }

        return root;
    }

    private static DocumentedCommand Run(CommandRunner runner, ICommandHandlers handlers)
    {
        var command = new DocumentedCommand("run", "Collect, count and serve in one process, on an embedded database.")
        {
            Examples =
            [
                new("repopulse run --repository dotnet/runtime --repository dotnet/aspnetcore", "Watch two repositories."),
                new(
                    "repopulse run --GitHub:TokensFile=tokens.txt --Api:Urls=http://*:80",
                    "Ask with the tokens of a file, and answer on every interface."),
            ],
        };
        command.Add(SharedOptions.Repository);
        command.SetAction((parsed, token) =>
            runner.RunAsync(parsed, Role.Run, (settings, stop) => handlers.RunAsync(runner.Context, settings, stop), token));
        return command;
    }

    private static DocumentedCommand Collect(CommandRunner runner, ICommandHandlers handlers)
    {
        var command = new DocumentedCommand("collect", "Collect events alone, without the API.")
        {
            Examples = [new("repopulse collect --config /etc/repopulse.json", "Watch what a file lists.")],
        };
        command.Add(SharedOptions.Repository);
        command.SetAction((parsed, token) =>
            runner.RunAsync(parsed, Role.Collect, (settings, stop) => handlers.CollectAsync(runner.Context, settings, stop), token));
        return command;
    }

    private static DocumentedCommand Serve(CommandRunner runner, ICommandHandlers handlers)
    {
        var command = new DocumentedCommand("serve", "Serve the API alone, without collecting.")
        {
            Examples = [new(
                "repopulse serve --Api:Urls=http://*:8080 --Api:KeysFile=keys.txt", "Serve clients that have one of the keys in a file.")],
        };
        command.SetAction((parsed, token) =>
            runner.RunAsync(parsed, Role.Serve, (settings, stop) => handlers.ServeAsync(runner.Context, settings, stop), token));
        return command;
    }

    private static DocumentedCommand Aggregate(CommandRunner runner, ICommandHandlers handlers)
    {
        var command = new DocumentedCommand("aggregate", "Count what is in Kafka, and put the statistics there for the API.")
        {
            Examples = [new(
                "repopulse aggregate --config /etc/repopulse.json", "Take a share of the work; each further one takes some of it over.")],
        };
        command.SetAction((parsed, token) =>
            runner.RunAsync(parsed, Role.Aggregate, (settings, stop) => handlers.AggregateAsync(runner.Context, settings, stop), token));
        return command;
    }

    private static DocumentedCommand Archive(CommandRunner runner, ICommandHandlers handlers)
    {
        var command = new DocumentedCommand("archive", "Copy the events from Kafka into a database, so that history can be asked for.")
        {
            Examples =
            [
                new(
                    "repopulse archive --EventLog:Provider=Kafka --Kafka:BootstrapServers=kafka:9092 --Storage:ConnectionString=\"Data " +
                    "Source=archive.db\"",
                    "Keep them in a file; give the API the same Storage:ConnectionString."),
            ],
        };
        command.SetAction((parsed, token) =>
            runner.RunAsync(parsed, Role.Archive, (settings, stop) => handlers.ArchiveAsync(runner.Context, settings, stop), token));
        return command;
    }

    private static DocumentedCommand Import(CommandRunner runner, ICommandHandlers handlers)
    {
        var files = new Argument<string[]>("FILE")
        {
            Arity = ArgumentArity.OneOrMore,
            Description = "GH Archive files (.json or .json.gz), folders of them, or - for the standard input.",
        };
        var command = new DocumentedCommand("import", "Read GH Archive files. It is safe to repeat and to interrupt.")
        {
            Examples =
            [
                new("repopulse import 2026-11-23-7.json.gz", "Read an hour."),
                new("repopulse import archive/ --Collector:RetentionPeriod=forever", "Read a folder, however old its events are."),
                new("curl -s https://data.gharchive.org/2026-11-23-7.json.gz | gunzip | repopulse import -", "Read from a pipe."),
            ],
        };
        command.Add(files);
        command.SetAction((parsed, token) => runner.RunAsync(
            parsed,
            Role.None,
            (settings, stop) => handlers.ImportAsync(runner.Context, settings, parsed.GetRequiredValue(files), stop),
            token));
        return command;
    }

    private static DocumentedCommand Check(CommandRunner runner, ICommandHandlers handlers)
    {
        var health = new Option<Uri?>("--health")
        {
            HelpName = "URL",
            Description = "Only ask a running service how it is, at /health/live or /health/ready; the configuration is not read.",
            CustomParser = SharedOptions.ParseUrl,
        };
        var command = new DocumentedCommand("check", "Check the whole configuration, the database, Kafka and each GitHub token.")
        {
            Examples =
            [
                new(
                    "repopulse check --config /etc/repopulse.json",
                    "2 says that the configuration is wrong, 1 that something does not answer."),
                new("repopulse check --health http://127.0.0.1:8080/health/ready", "0 says that the service is ready, 1 that it is not."),
            ],
        };
        command.Add(health);
        command.SetAction((parsed, token) => parsed.GetValue(health) is { } url
            ? runner.RunAsync(stop => HealthRequest.AskAsync(runner.Context, url, stop), token)
            : runner.RunAsync(parsed, Role.None, (settings, stop) => handlers.CheckAsync(runner.Context, settings, stop), token));
        return command;
    }
}
