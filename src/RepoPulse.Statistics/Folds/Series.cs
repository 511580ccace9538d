using RepoPulse.Events;

namespace RepoPulse.Statistics;

/// <summary>The events of one type in one repository, or all its events.</summary>
internal sealed class Series(RepositorySeries repository, EventType type, SeriesWindow window)
{
    public RepositorySeries Repository => repository;

    public EventType Type => type;

    public SeriesWindow Window => window;

    /// <summary>The window's figures; null where they are to be computed anew.</summary>
    public SeriesFigures? Figures { get; set; }

    /// <summary>Whether it is among the series that have an event in their window.</summary>
    public bool Counted { get; set; }

    /// <summary>When the window next changes by time alone. Written by the <see cref="SeriesSchedule"/>, which orders by it.</summary>
    public long NextChange { get; set; } = SeriesWindow.Never;

    /// <summary>The place in the <see cref="SeriesSchedule"/>, and its own affair; -1 for none.</summary>
    public int ScheduleIndex { get; set; } = -1;
}
