using Spectre.Console;

namespace RepoPulse.Commands;

/// <summary>Makes consoles that write plainly into a pipe or a file.</summary>
internal static class Consoles
{
    /// <summary>Wider than any line: what goes to a program must not be folded or cut.</summary>
    private const int Unlimited = 10_000;

    public static IAnsiConsole Create(TextWriter writer, bool isRedirected, IReadOnlyDictionary<string, string> environment)
    {
        var isPlain = isRedirected || environment.GetValueOrDefault("NO_COLOR") is { Length: > 0 };
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = isRedirected ? AnsiSupport.No : AnsiSupport.Detect,
            ColorSystem = isPlain ? ColorSystemSupport.NoColors : ColorSystemSupport.Detect,
            Interactive = isRedirected ? InteractionSupport.No : InteractionSupport.Detect,
            Out = new AnsiConsoleOutput(writer),
        });
        if (isRedirected)
            console.Profile.Width = Unlimited;
        return console;
    }
}
