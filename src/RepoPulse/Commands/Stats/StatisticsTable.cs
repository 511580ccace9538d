using System.Globalization;
using RepoPulse.Api;
using Spectre.Console;

namespace RepoPulse.Commands.Stats;

/// <summary>
/// Shows statistics as a table: a row for each repository's total and one for each of its types. Colours are the terminal's own, where it
/// has any: yellow is a repository with a gap in its coverage.
/// </summary>
internal sealed class StatisticsTable
{
    private readonly IReadOnlyDictionary<string, RecentActivity>? _activity;
    private readonly bool _isPlain;
    private readonly Table _table = new() { Border = TableBorder.None };

    private StatisticsTable(IReadOnlyDictionary<string, RecentActivity>? activity, bool isPlain)
    {
        _activity = activity;
        _isPlain = isPlain;
        AddColumn("Repository");
        AddColumn("Type");
        AddColumn("Events").RightAligned().NoWrap();
        if (activity is not null)
            AddColumn("Last 7 days").NoWrap();
        AddColumn("Limited by").NoWrap();
        AddColumn("Mean").RightAligned().NoWrap();
        AddColumn("Median").RightAligned().NoWrap();
        AddColumn("P95").RightAligned().NoWrap();
        AddColumn("Last event").NoWrap().PadRight(0);
    }

    /// <param name="activity">By the repository's name; null where none is shown.</param>
    public static void Write(
        IReadOnlyList<StatisticsDocument> documents, IReadOnlyDictionary<string, RecentActivity>? activity, IAnsiConsole console)
    {
        var table = new StatisticsTable(activity, isPlain: console.Profile.Capabilities.ColorSystem == ColorSystem.NoColors);
        foreach (var document in documents)
        {
            table.AddRow(document, document.Total, table.Styled(decoration: Decoration.Bold));
            foreach (var series in document.ByEventType)
                table.AddRow(document, series, Style.Plain);
        }

        console.Write(table._table);
    }

    private Style Styled(Color? foreground = null, Decoration decoration = Decoration.None) =>
        _isPlain ? Style.Plain : new Style(foreground, decoration: decoration);

    private TableColumn AddColumn(string heading)
    {
        var column = new TableColumn(new Text(heading, Styled(decoration: Decoration.Dim))).Padding(0, 0, 2, 0);
        _table.AddColumn(column);
        return column;
    }

    private void AddRow(StatisticsDocument document, SeriesDocument series, Style style)
    {
        List<Text> cells =
        [
            new(document.Repository, document.Coverage is { Gaps: > 0 } ? style.Combine(Styled(Color.Olive)) : style),
            new(series.EventType, style),
            new(series.Events.ToString(CultureInfo.InvariantCulture), style),
        ];
        if (_activity is not null)
            cells.Add(new(_activity.TryGetValue(document.Repository, out var activity)
                ? Sparkline.Draw(activity.Of(series.EventType), activity.Unknown(document.Coverage))
                : "", Styled(Color.Green)));
        cells.Add(new(series.LimitedBy ?? HumanDuration.None, style));
        cells.Add(new(HumanDuration.Show(series.MeanIntervalSeconds), style));
        cells.Add(new(HumanDuration.Show(series.MedianIntervalSeconds), style));
        cells.Add(new(HumanDuration.Show(series.P95IntervalSeconds), style));
        cells.Add(new(
            series.LastEventAt?.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture) ?? HumanDuration.None, style));
        _table.AddRow(cells);
    }
}
