using System.CommandLine;
using System.CommandLine.Invocation;
using System.Reflection;

namespace RepoPulse.Commands;

/// <summary>Prints the version of this assembly, whatever program it runs in.</summary>
internal sealed class ShowVersion : SynchronousCommandLineAction
{
    public override int Invoke(ParseResult parseResult)
    {
        var version = typeof(ShowVersion).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion;
        parseResult.InvocationConfiguration.Output.WriteLine($"repopulse {version}");
        return ExitCode.Done;
    }
}
