using RepoPulse.Configuration;

namespace RepoPulse.Commands;

/// <summary>Tells everything that is wrong with the configuration.</summary>
internal static class FaultReport
{
    public static void Write(IReadOnlyList<ConfigurationFault> faults, TextWriter writer)
    {
        writer.WriteLine(faults.Count == 1 ? "repopulse: the configuration has a fault:" : $"repopulse: the configuration has {faults.Count} faults:");
        foreach (var fault in faults)
            writer.WriteLine($"  {fault}");
    }
}
