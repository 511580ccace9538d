using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace RepoPulse.Commands;

/// <summary>The usual help, and after it how settings are given and some examples.</summary>
internal sealed class HelpWithExamples(HelpAction usual, IReadOnlyList<CommandExample> rootExamples) : SynchronousCommandLineAction
{
    private const string Settings = """
        Settings:
          --Section:Key=value  Any key of the configuration, for instance --Collector:RetentionPeriod=30d. It outranks the environment
                               (REPOPULSE__Section__Key), which outranks the configuration file. See docs/configuration.md.
        """;

    /// <summary>Help outranks whatever else is wrong with the command line.</summary>
    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parseResult)
    {
        var result = usual.Invoke(parseResult);
        var output = parseResult.InvocationConfiguration.Output;
        output.WriteLine(Settings);
        output.WriteLine();
        output.WriteLine("Examples:");
        foreach (var example in parseResult.CommandResult.Command is DocumentedCommand command ? command.Examples : rootExamples)
        {
            output.WriteLine($"  {example.CommandLine}");
            output.WriteLine($"      {example.Purpose}");
        }

        return result;
    }
}

/// <param name="CommandLine">As it is typed, the program's name included.</param>
/// <param name="Purpose">What it is good for.</param>
internal sealed record CommandExample(string CommandLine, string Purpose);

/// <summary>A command with examples in its help.</summary>
internal sealed class DocumentedCommand(string name, string description) : Command(name, description)
{
    public required IReadOnlyList<CommandExample> Examples { get; init; }
}
