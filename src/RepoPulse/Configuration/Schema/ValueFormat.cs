namespace RepoPulse.Configuration.Schema;

/// <summary>How a value is written.</summary>
/// <param name="Kind">The name of the form, for the reference: <c>duration</c>.</param>
/// <param name="Allowed">What is allowed, for the reference and for faults: <c>1 to 1000</c>.</param>
/// <param name="Parse">Reads a text.</param>
/// <param name="Show">Writes a value in the form that the reference shows.</param>
internal sealed record ValueFormat<T>(string Kind, string Allowed, ValueParser<T> Parse, Func<T, string> Show);
