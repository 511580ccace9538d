using System.Globalization;
using RepoPulse.Api.Documents;
using Spectre.Console;

namespace RepoPulse.Commands.Stats;

/// <summary>Shows statistics as a table: a row for each repository's total and one for each of its types.</summary>
internal static class StatisticsTable
{
    public static void Write(IReadOnlyList<StatisticsDocument> documents, IAnsiConsole console)
    {
        var total = console.Profile.Capabilities.ColorSystem == ColorSystem.NoColors ? Style.Plain : new Style(decoration: Decoration.Bold);
        var table = new Table { Border = TableBorder.None };
        table.AddColumns([Column("Repository"), Column("Type"), Column("Events").RightAligned().NoWrap(), Column("Limited by").NoWrap()]);
        table.AddColumns([Column("Mean").RightAligned().NoWrap(), Column("Median").RightAligned().NoWrap(), Column("P95").RightAligned().NoWrap()]);
        table.AddColumn(Column("Last event").NoWrap().PadRight(0));
        foreach (var document in documents)
        {
            AddRow(table, document.Repository, document.Total, total);
            foreach (var series in document.ByEventType)
                AddRow(table, document.Repository, series, Style.Plain);
        }

        console.Write(table);
    }

    private static TableColumn Column(string heading) => new TableColumn(heading).Padding(0, 0, 2, 0);

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
