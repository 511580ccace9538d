namespace RepoPulse.Commands;

/// <param name="CommandLine">As it is typed, the program's name included.</param>
/// <param name="Purpose">What it is good for.</param>
internal sealed record CommandExample(string CommandLine, string Purpose);
