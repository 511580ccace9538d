namespace RepoPulse.Kafka;

/// <summary>Checks of records before anything of them is kept: anyone who may write to a topic can put anything there.</summary>
internal static class RecordCheck
{
    /// <exception cref="InvalidDataException">A time lies outside <see cref="EventTimeRange"/>, so that arithmetic on it may
    /// overflow.</exception>
    public static void Time(DateTimeOffset? time, string field)
    {
        if (time is { } given && !EventTimeRange.Contains(given))
            throw new InvalidDataException(
                $"{field} is {given:O}, and must lie between {EventTimeRange.Earliest:yyyy} and {EventTimeRange.Latest:yyyy}.");
    }

    /// <exception cref="InvalidDataException">The condition does not hold.</exception>
    public static void Require(bool condition, string field)
    {
        if (!condition)
            throw new InvalidDataException($"{field} is missing or out of its range.");
    }
}
