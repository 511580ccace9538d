using System.Globalization;

namespace RepoPulse.Sql.Postgres;

/// <summary>How long a part of the log is.</summary>
internal enum PartitionLength
{
    Day,
    Month,
    Year,
}

/// <summary>A part of the log: the events of a day, a month or a year, in UTC. Its table's name says which.</summary>
internal readonly record struct EventPartition(DateOnly From, PartitionLength Length)
{
    private const string Prefix = "event_";

    /// <summary>
    /// GitHub is younger, so an event that says so is mistaken about its time; there is one table for all before and one for all after.
    /// </summary>
    private static readonly DateOnly First = new(2008, 1, 1);
    private static readonly DateOnly End = new(2100, 1, 1);

    /// <summary>The day after its last.</summary>
    public DateOnly To => Length switch
    {
        PartitionLength.Day => From.AddDays(1),
        PartitionLength.Month => From.AddMonths(1),
        _ => From.AddYears(1),
    };

    public string Table => Prefix + From.ToString(Format(Length), CultureInfo.InvariantCulture);

    /// <summary>The part of a length that holds a day.</summary>
    public static EventPartition Of(DateOnly day, PartitionLength length) => length switch
    {
        PartitionLength.Day => new(day, length),
        PartitionLength.Month => new(new DateOnly(day.Year, day.Month, 1), length),
        _ => new(new DateOnly(day.Year, 1, 1), length),
    };

    /// <summary>Whether events of a day lie in a part of their own.</summary>
    public static bool HasPart(DateOnly day) => day >= First && day < End;

    public static bool TryParse(string table, out EventPartition part)
    {
        part = default;
        if (!table.StartsWith(Prefix, StringComparison.Ordinal))
            return false;
        foreach (var length in (ReadOnlySpan<PartitionLength>)[PartitionLength.Day, PartitionLength.Month, PartitionLength.Year])
        {
            if (!DateOnly.TryParseExact(
                table.AsSpan(Prefix.Length), Format(length), CultureInfo.InvariantCulture, DateTimeStyles.None, out var from))
                continue;
            part = new EventPartition(from, length);
            return true;
        }

        return false;
    }

    public bool Holds(DateOnly day) => day >= From && day < To;

    public bool Overlaps(EventPartition other) => From < other.To && other.From < To;

    public long FromMicros() => Start(From);

    public long ToMicros() => Start(To);

    private static string Format(PartitionLength length) => length switch
    {
        PartitionLength.Day => "yyyy_MM_dd",
        PartitionLength.Month => "yyyy_MM",
        _ => "yyyy",
    };

    private static long Start(DateOnly day) => Micros.Floor(new DateTimeOffset(day, TimeOnly.MinValue, TimeSpan.Zero));
}
