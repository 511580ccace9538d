namespace RepoPulse.Simulation;

/// <summary>A gap, by the sweeps around it.</summary>
internal sealed record DeclaredGap(DateTimeOffset After, DateTimeOffset Until, string Reason);
