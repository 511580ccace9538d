namespace RepoPulse.Collector.Polling;

/// <summary>What a feed's events so far say of how often it is to be read.</summary>
/// <param name="Wanted">The interval at which each new event is seen about when it comes, within the configured bounds.</param>
/// <param name="Safe">The longest after which the feed cannot have overflowed, should a burst begin right now.</param>
/// <param name="EventsPerHour">The mean rate: what polling it costs follows this one.</param>
internal readonly record struct FeedPace(TimeSpan Wanted, TimeSpan Safe, double EventsPerHour);
