namespace RepoPulse.Configuration.Schema;

/// <summary>Reads a value from a text, already trimmed and not empty.</summary>
/// <returns>Null, or what is wrong, to be read after the value and never quoting it: <c>is not a duration</c>.</returns>
internal delegate string? ValueParser<T>(string text, out T value);
