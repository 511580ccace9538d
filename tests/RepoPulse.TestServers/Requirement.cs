using Xunit;

namespace RepoPulse.TestServers;

/// <summary>What a test cannot do without.</summary>
public static class Requirement
{
    /// <summary>Skips the test; in CI, where everything must be there, fails it.</summary>
    public static void IsMissing(string message)
    {
        Assert.False(string.Equals(Environment.GetEnvironmentVariable("CI"), "true", StringComparison.OrdinalIgnoreCase), message);
        Assert.Skip(message);
    }
}
