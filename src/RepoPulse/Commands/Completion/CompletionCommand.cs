using System.CommandLine;
using System.CommandLine.Parsing;

namespace RepoPulse.Commands.Completion;

/// <summary>
/// Prints what makes a shell complete this program's commands and options. The shell then asks the program itself what there is.
/// </summary>
internal static class CompletionCommand
{
    public static Command Create(CommandContext context)
    {
        var shell = new Argument<string>("SHELL") { Description = "bash, zsh, fish or pwsh.", CustomParser = Parse };
        shell.CompletionSources.Add([.. CompletionScripts.Shells]);
        var command = new DocumentedCommand("completion", "Print a script that makes a shell complete commands and options.")
        {
            Examples =
            [
                new("eval \"$(repopulse completion bash)\"", "In ~/.bashrc; likewise zsh in ~/.zshrc."),
                new("repopulse completion fish > ~/.config/fish/completions/repopulse.fish", "For fish."),
                new("repopulse completion pwsh | Out-String | Invoke-Expression", "In PowerShell's $PROFILE."),
            ],
        };
        command.Add(shell);
        command.SetAction(async (parsed, _) =>
        {
            await context.Out.WriteLineAsync(CompletionScripts.For(parsed.GetRequiredValue(shell)));
            return ExitCode.Done;
        });
        return command;
    }

    private static string Parse(ArgumentResult result)
    {
        var name = result.Tokens[0].Value;
        if (!CompletionScripts.Shells.Contains(name, StringComparer.Ordinal))
            result.AddError($"SHELL '{name}' is not known; allowed: {string.Join(", ", CompletionScripts.Shells)}.");
        return name;
    }
}
