namespace RepoPulse.Api.View;

/// <summary>A repository's place in a list by a figure.</summary>
/// <param name="Value">A number that sorts as the figure does; null where there is no figure.</param>
internal readonly record struct FigureKey(long? Value, NameKey Name);
