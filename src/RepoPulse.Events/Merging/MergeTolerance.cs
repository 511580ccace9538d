namespace RepoPulse.Events;

/// <summary>How far apart the times may lie that a webhook and a poll give of one happening.</summary>
public static class MergeTolerance
{
    /// <summary>
    /// For times that both take from the happening. In 3,592 recorded events the feed's time was 0 to 3 seconds after the payload's, and in two
    /// under a minute; the rest is for a bad day.
    /// </summary>
    private static readonly TimeSpan SameClock = TimeSpan.FromMinutes(10);

    /// <summary>
    /// For deliveries that say nothing of the time, so that it is that of their receipt: GitHub can deliver them again for three days. Their keys
    /// repeat seldom or never.
    /// </summary>
    private static readonly TimeSpan TimeOfReceipt = TimeSpan.FromDays(3);

    /// <summary>The longest of all.</summary>
    public static TimeSpan Longest => TimeOfReceipt;

    public static TimeSpan Of(EventType type) => type.Name is "GollumEvent" or "MemberEvent" ? TimeOfReceipt : SameClock;
}
