using System.Globalization;
using GitHubSimulator.World;
using Microsoft.AspNetCore.WebUtilities;

namespace GitHubSimulator.Http;

/// <summary>Which page of a feed is asked for.</summary>
internal readonly record struct PageRequest(int Number, int Size)
{
    private const int DefaultSize = 30;
    private const int MaxSize = 100;

    /// <summary>Whether the page begins beyond what feeds ever show: 422, however many events there are.</summary>
    public bool IsOutOfReach(int feedLength) => (long)(Number - 1) * Size >= feedLength;

    public static PageRequest Read(string query)
    {
        var (number, size) = (1, DefaultSize);
        foreach (var parameter in new QueryStringEnumerable(query))
        {
            if (parameter.EncodedName.Span is "page")
                number = Positive(parameter.EncodedValue.Span, 1);
            else if (parameter.EncodedName.Span is "per_page")
                size = Positive(parameter.EncodedValue.Span, DefaultSize);
        }

        return new PageRequest(number, Math.Min(MaxSize, size));
    }

    public int PagesOf(int events) => Math.Max(1, (events + Size - 1) / Size);

    public List<SimulatedEvent> Cut(IReadOnlyList<SimulatedEvent> events)
    {
        var cut = new List<SimulatedEvent>(Size);
        for (var i = (Number - 1) * Size; i < Math.Min(events.Count, Number * Size); i++)
            cut.Add(events[i]);
        return cut;
    }

    /// <summary>What is not a positive number is silently as if left out.</summary>
    private static int Positive(ReadOnlySpan<char> text, int otherwise) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0 ? number : otherwise;
}
