using System.CommandLine;
using System.CommandLine.Invocation;
using RepoPulse.Configuration;

namespace RepoPulse.Commands;

/// <summary>Runs what a command line asks for.</summary>
internal static class CommandLine
{
    /// <returns>The exit code.</returns>
    public static async Task<int> InvokeAsync(IReadOnlyList<string> arguments, CommandContext context, ICommandHandlers handlers)
    {
        var options = SettingsOptions.Extract(arguments);
        var root = RepoPulseCommands.Create(new CommandRunner(context, options), handlers);
        var parsed = root.Parse(options.Remaining, new ParserConfiguration { ResponseFileTokenReplacer = null });
        if (parsed.Action is null or ParseErrorAction)
            return await RefuseAsync(root, parsed, options, context);

        var configuration = new InvocationConfiguration
        {
            Output = context.Out,
            Error = context.Error,
            EnableDefaultExceptionHandler = false,
            // Signals are ours: see TerminationSignals.
            ProcessTerminationTimeout = null,
        };
        return await parsed.InvokeAsync(configuration, context.Termination.Requested);
    }

    private static async Task<int> RefuseAsync(RootCommand root, ParseResult parsed, SettingsOptions options, CommandContext context)
    {
        var path = parsed.CommandResult.Command == root ? "repopulse" : $"repopulse {parsed.CommandResult.Command.Name}";
        if (parsed.CommandResult.Command == root && parsed.UnmatchedTokens.Count == 0)
        {
            // No command at all: a user who types this wants to know what there is.
            await root.Parse(["--help"]).InvokeAsync(new InvocationConfiguration { Output = context.Error, Error = context.Error });
            return ExitCode.Wrong;
        }

        var isUnknownCommand = parsed.CommandResult.Command == root && !parsed.UnmatchedTokens[0].StartsWith('-');
        IEnumerable<string> messages = isUnknownCommand
            ? [UnknownCommand(parsed.UnmatchedTokens[0], root)]
            : parsed.Errors.Select(error => error.Message).Distinct(StringComparer.Ordinal);
        foreach (var message in messages)
            await context.Error.WriteLineAsync($"repopulse: {Hide(message, options)}");
        if (options.Strays.Count > 0)
            await context.Error.WriteLineAsync("repopulse: the value of a setting needs quotes where it has a space or a semicolon.");
        await context.Error.WriteLineAsync($"See '{path} --help'.");
        return ExitCode.Wrong;
    }

    /// <summary>
    /// A secret that is given without the quotes that it needs, or without its key, stands among the arguments. What follows a setting may
    /// be the rest of its value.
    /// </summary>
    private static string Hide(string message, SettingsOptions options)
    {
        var hidden = options.Remaining.Where(SecretLook.IsOne).Concat(options.Strays);
        return hidden.Aggregate(message, (shown, text) => shown.Replace($"'{text}'", SecretLook.Hidden, StringComparison.Ordinal));
    }

    private static string UnknownCommand(string name, RootCommand root)
    {
        var nearest = Configuration.NearestName.Find(name, root.Subcommands.Select(command => command.Name));
        return $"'{name}' is not a command; did you mean '{nearest}'?";
    }
}
