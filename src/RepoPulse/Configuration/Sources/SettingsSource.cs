namespace RepoPulse.Configuration.Sources;

/// <summary>One of the places that settings come from: what it gives, in its own order, a key as often as it was given.</summary>
internal sealed record SettingsSource(IReadOnlyList<GivenValue> Values);
