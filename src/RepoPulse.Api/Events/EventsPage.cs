using System.Text.Json;

namespace RepoPulse.Api.Events;

/// <summary>A page of events, newest first, each as GitHub sent it.</summary>
internal sealed record EventsPage
{
    public required IReadOnlyList<IReadOnlyDictionary<string, JsonElement>> Items { get; init; }

    /// <summary>The cursor of the next page; null at the end.</summary>
    public required string? Next { get; init; }
}
