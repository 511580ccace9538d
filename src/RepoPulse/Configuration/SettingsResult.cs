using System.Diagnostics.CodeAnalysis;

namespace RepoPulse.Configuration;

/// <summary>The settings, or everything that is wrong with them.</summary>
internal sealed record SettingsResult(RepoPulseSettings? Settings, IReadOnlyList<ConfigurationFault> Faults)
{
    [MemberNotNullWhen(true, nameof(Settings))]
    public bool IsValid => Settings is not null;
}
