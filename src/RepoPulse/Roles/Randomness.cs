using System.Diagnostics.CodeAnalysis;

namespace RepoPulse.Roles;

/// <summary>Chance for jitter, shared by all services.</summary>
internal static class Randomness
{
    [SuppressMessage("ApiDesign", "RS0030", Justification = "The one place from which it is injected: of the runtime's own, only the shared one is safe for several threads.")]
    public static Random Create() => Random.Shared;
}
