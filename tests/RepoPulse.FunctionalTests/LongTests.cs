namespace RepoPulse.FunctionalTests;

/// <summary>Tests of many processes over Kafka take longer than all others together, and run where <c>REPOPULSE_LONG_TESTS</c> is 1.</summary>
internal static class LongTests
{
    public static void Require() =>
        Assert.SkipUnless(Environment.GetEnvironmentVariable("REPOPULSE_LONG_TESTS") == "1", "It takes minutes: set REPOPULSE_LONG_TESTS=1 to run it.");

    public static T Require<T>(T value)
    {
        Require();
        return value;
    }
}
