using System.Diagnostics;
using RepoPulse.FunctionalTests.Processes;

namespace RepoPulse.FunctionalTests.Commands;

public sealed class CompletionTests
{
    [Theory]
    [InlineData("repopulse ex", "export")]
    [InlineData("repopulse export --form", "--format")]
    [InlineData("repopulse completion f", "fish")]
    public async Task Bash_completes_what_the_program_knows(string line, string completion)
    {
        Assert.SkipUnless(File.Exists("/bin/bash"), "There is no bash.");
        var (_, script, _) = await RepoPulseProcess.RunAsync("completion", "bash");

        // As bash calls it, with the cursor at the end of the line.
        var (file, arguments) = RepoPulseProcess.Program;
        var program = string.Join(' ', arguments.Prepend(file).Select(word => $"'{word}'"));
        using var bash = Process.Start(new ProcessStartInfo("/bin/bash", ["-c", $$"""
            repopulse() { {{program}} "$@"; }
            {{script}}
            COMP_LINE='{{line}}' COMP_POINT={{line.Length}} COMP_WORDS=({{line}})
            COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
            _repopulse_complete
            printf '%s\n' "${COMPREPLY[@]}"
            """])
        { RedirectStandardOutput = true, UseShellExecute = false })!;
        var output = await bash.StandardOutput.ReadToEndAsync();
        await bash.WaitForExitAsync();

        Assert.Equal([completion], output.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    [Theory]
    [InlineData("zsh", "compdef")]
    [InlineData("fish", "complete --command repopulse")]
    [InlineData("pwsh", "Register-ArgumentCompleter")]
    public async Task Every_other_shell_has_its_script(string shell, string command)
    {
        var (exit, script, _) = await RepoPulseProcess.RunAsync("completion", shell);

        Assert.Equal(0, exit);
        Assert.Contains(command, script, StringComparison.Ordinal);
        Assert.Contains("[suggest:", script, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unknown_shell_ends_with_2_and_what_is_allowed()
    {
        var (exit, _, errors) = await RepoPulseProcess.RunAsync("completion", "tcsh");

        Assert.Equal(2, exit);
        Assert.Contains("bash, zsh, fish, pwsh", errors, StringComparison.Ordinal);
    }
}
