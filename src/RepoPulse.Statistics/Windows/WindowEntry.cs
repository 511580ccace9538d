using RepoPulse.Events;

namespace RepoPulse.Statistics;

/// <summary>An event in a window: its <see cref="EventKey"/> in 16 bytes, in the same order.</summary>
/// <param name="Ticks">The event's time in ticks of UTC.</param>
internal readonly record struct WindowEntry(long Ticks, long Id) : IComparable<WindowEntry>
{
    public static WindowEntry Of(EventKey key) => new(key.CreatedAt.UtcTicks, key.Id.Value);

    public int CompareTo(WindowEntry other)
    {
        var byTime = Ticks.CompareTo(other.Ticks);
        return byTime != 0 ? byTime : Id.CompareTo(other.Id);
    }
}
