namespace RepoPulse.Configuration.Sources;

/// <summary>A key and a value as some source gave them.</summary>
/// <param name="Key">With colons between its parts, in any case.</param>
/// <param name="Text">Empty where the source names the key and gives nothing.</param>
/// <param name="Origin">Where it was given, for people.</param>
internal sealed record GivenValue(string Key, string Text, string Origin);
