using System.Globalization;
using GitHubSimulator.World;

namespace GitHubSimulator.Http;

/// <summary>Which page of a feed is asked for.</summary>
internal readonly record struct PageRequest(int Number, int Size)
{
    private const int DefaultSize = 30;
    private const int MaxSize = 100;

    /// <summary>Whether the page begins beyond what feeds ever show: 422, however many events there are.</summary>
    public bool IsOutOfReach(int feedLength) => (long)(Number - 1) * Size >= feedLength;

    public static PageRequest Read(IQueryCollection query) =>
        new(Positive(query["page"], 1), Math.Min(MaxSize, Positive(query["per_page"], DefaultSize)));

    public int PagesOf(int events) => Math.Max(1, (events + Size - 1) / Size);

    public List<SimulatedEvent> Cut(IReadOnlyList<SimulatedEvent> events) => [.. events.Skip((Number - 1) * Size).Take(Size)];

    /// <summary>What is not a positive number is silently as if left out.</summary>
    private static int Positive(string? text, int otherwise) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0 ? number : otherwise;
}
