namespace RepoPulse.UnitTests.Deployment;

/// <summary>How a deployment file starts the program.</summary>
/// <param name="Arguments">What follows the program's name.</param>
/// <param name="Environment">The variables of RepoPulse's own that it sets.</param>
public sealed record Invocation(string File, IReadOnlyList<string> Arguments, IReadOnlyDictionary<string, string> Environment)
{
    public override string ToString() => $"{File}: {string.Join(' ', Arguments)}";
}
