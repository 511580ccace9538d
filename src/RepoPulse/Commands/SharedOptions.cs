using System.CommandLine;
using System.CommandLine.Parsing;
using RepoPulse.Configuration;

namespace RepoPulse.Commands;

/// <summary>Options that several commands take.</summary>
internal static class SharedOptions
{
    public static Option<string?> Config { get; } = new("--config")
    {
        HelpName = "FILE",
        Description = "The configuration file, in place of repopulse.json in the working folder.",
        Recursive = true,
    };

    public static Option<string[]> Repository { get; } = new("--repository")
    {
        HelpName = "OWNER/REPO",
        Description = "A repository to watch besides the configured ones; may be given more than once.",
        Arity = ArgumentArity.OneOrMore,
    };

    public static Uri? ParseUrl(ArgumentResult result)
    {
        if (AddressFormats.ParseHttpUrl(result.Tokens[0].Value, out var url) is not { } problem)
            return url;
        result.AddError($"{((OptionResult)result.Parent!).Option.Name} {problem}; allowed: an address such as http://127.0.0.1:8080.");
        return null;
    }

    public static IReadOnlyList<string> RepositoriesOf(ParseResult parsed) =>
        parsed.CommandResult.Command.Options.Contains(Repository) ? parsed.GetValue(Repository) ?? [] : [];
}
