using System.Diagnostics.CodeAnalysis;

namespace RepoPulse.Core;

/// <summary>
/// The clock and the randomness of a process whose host injects no others. Modules register them; nothing else names them.
/// </summary>
[SuppressMessage("ApiDesign", "RS0030", Justification = "The one place from which they are injected.")]
public static class SystemDefaults
{
    public static TimeProvider Time => TimeProvider.System;

    /// <summary>Safe for several threads, as it is shared by all services.</summary>
    public static Random Random => Random.Shared;
}
