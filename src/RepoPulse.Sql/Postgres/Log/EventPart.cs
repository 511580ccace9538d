using System.Globalization;

namespace RepoPulse.Sql.Postgres.Log;

/// <summary>A part of the log: the events of a day, or of a month, in UTC. Its table's name says which.</summary>
internal readonly record struct EventPart(DateOnly From, bool IsMonth)
{
    private const string Prefix = "event_";

    /// <summary>GitHub is younger, so an event that says so is mistaken about its time; there is one table for all before and one for all after.</summary>
    private static readonly DateOnly First = new(2008, 1, 1);
    private static readonly DateOnly End = new(2100, 1, 1);

    /// <summary>The day after its last.</summary>
    public DateOnly To => IsMonth ? From.AddMonths(1) : From.AddDays(1);

    public string Table => Prefix + From.ToString(IsMonth ? "yyyy_MM" : "yyyy_MM_dd", CultureInfo.InvariantCulture);

    public static EventPart DayOf(DateOnly day) => new(day, false);

    public static EventPart MonthOf(DateOnly day) => new(new DateOnly(day.Year, day.Month, 1), true);

    /// <summary>Whether events of a day lie in a part of their own.</summary>
    public static bool HasPart(DateOnly day) => day >= First && day < End;

    public static bool TryParse(string table, out EventPart part)
    {
        part = default;
        if (!table.StartsWith(Prefix, StringComparison.Ordinal))
            return false;
        var text = table.AsSpan(Prefix.Length);
        if (DateOnly.TryParseExact(text, "yyyy_MM_dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
            part = DayOf(day);
        else if (DateOnly.TryParseExact(text, "yyyy_MM", CultureInfo.InvariantCulture, DateTimeStyles.None, out var month))
            part = MonthOf(month);
        else
            return false;
        return true;
    }

    public bool Holds(DateOnly day) => day >= From && day < To;

    public long FromMicros() => Start(From);

    public long ToMicros() => Start(To);

    private static long Start(DateOnly day) => Micros.Floor(new DateTimeOffset(day, TimeOnly.MinValue, TimeSpan.Zero));
}
