using System.CommandLine;

namespace RepoPulse.Commands;

/// <summary>A command with examples in its help.</summary>
internal sealed class DocumentedCommand(string name, string description) : Command(name, description)
{
    public required IReadOnlyList<CommandExample> Examples { get; init; }
}
