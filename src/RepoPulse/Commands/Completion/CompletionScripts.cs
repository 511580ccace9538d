namespace RepoPulse.Commands.Completion;

/// <summary>The scripts. Each hands the line and the cursor's place in it to System.CommandLine's suggest directive.</summary>
internal static class CompletionScripts
{
    private const string Bash = """
        _repopulse_complete() {
            local IFS=$'\n'
            COMPREPLY=($(compgen -W "$(repopulse "[suggest:${COMP_POINT}]" "${COMP_LINE}" 2>/dev/null)" -- "${COMP_WORDS[COMP_CWORD]}"))
        }
        complete -o default -F _repopulse_complete repopulse
        """;

    private const string Zsh = """
        _repopulse_complete() {
            local -a suggestions
            suggestions=("${(@f)$(repopulse "[suggest:$CURSOR]" "$BUFFER" 2>/dev/null)}")
            compadd -- $suggestions || _files
        }
        compdef _repopulse_complete repopulse
        """;

    private const string Fish = """
        complete --command repopulse --arguments '(repopulse "[suggest:"(commandline --cursor --current-process)"]" (commandline --current-process) 2>/dev/null)'
        """;

    private const string PowerShell = """
        Register-ArgumentCompleter -Native -CommandName repopulse -ScriptBlock {
            param($word, $line, $cursor)
            repopulse "[suggest:$cursor]" "$line" 2>$null | Where-Object { $_ -like "$word*" } |
                ForEach-Object { [System.Management.Automation.CompletionResult]::new($_, $_, 'ParameterValue', $_) }
        }
        """;

    public static IReadOnlyList<string> Shells { get; } = ["bash", "zsh", "fish", "pwsh"];

    public static string For(string shell) => shell switch
    {
        "bash" => Bash,
        "zsh" => Zsh,
        "fish" => Fish,
        _ => PowerShell,
    };
}
