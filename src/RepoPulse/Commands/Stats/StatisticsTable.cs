using System.Globalization;
using Spectre.Console;

namespace RepoPulse.Commands.Stats;

/// <summary>Shows statistics as a table: a row for each repository's total and one for each of its types.</summary>
internal static class StatisticsTable
{
    public static void Write(IReadOnlyList<StatisticsDocument> documents, IAnsiConsole console)
    {
        var isTerminal = console.Profile.Out.IsTerminal;
        var table = new Table { Border = isTerminal ? TableBorder.Simple : TableBorder.None };
        foreach (var heading in (ReadOnlySpan<string>)["Repository", "Type"])
            table.AddColumn(new TableColumn(heading));
        table.AddColumn(new TableColumn("Events").RightAligned().NoWrap());
        table.AddColumn(new TableColumn("Limited by").NoWrap());
        foreach (var heading in (ReadOnlySpan<string>)["Mean", "Median", "P95"])
            table.AddColumn(new TableColumn(heading).RightAligned().NoWrap());
        table.AddColumn(new TableColumn("Last event").NoWrap());
        foreach (var document in documents)
        {
            AddRow(table, document.Repository, document.Total, new Style(decoration: Decoration.Bold));
            foreach (var series in document.ByEventType)
                AddRow(table, document.Repository, series, Style.Plain);
        }

        console.Write(table);
    }

    private static void AddRow(Table table, string repository, SeriesDocument series, Style style) => table.AddRow(
        new Text(repository, style),
        new Text(series.EventType, style),
        new Text(series.Events.ToString(CultureInfo.InvariantCulture), style),
        new Text(series.LimitedBy ?? HumanDuration.None, style),
        new Text(HumanDuration.Show(series.MeanIntervalSeconds), style),
        new Text(HumanDuration.Show(series.MedianIntervalSeconds), style),
        new Text(HumanDuration.Show(series.P95IntervalSeconds), style),
        new Text(series.LastEventAt?.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture) ?? HumanDuration.None, style));
}
