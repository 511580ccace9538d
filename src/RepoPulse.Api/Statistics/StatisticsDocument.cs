namespace RepoPulse.Api.Statistics;

/// <summary>
/// A repository's statistics in JSON, written once, with the places of its series in it, so that a response of fewer series is put together
/// from slices and nothing is written again.
/// </summary>
internal sealed class StatisticsDocument(byte[] json, IReadOnlyList<SeriesSlice> series, int seriesStart)
{
    private static readonly ReadOnlyMemory<byte> Comma = ","u8.ToArray();
    private static readonly ReadOnlyMemory<byte> End = "]}"u8.ToArray();

    public ReadOnlyMemory<byte> Json { get; } = json;

    public string EntityTag { get; } = EntityTags.Of(json);

    /// <summary>Adds the document to a body, with the series of these types only; with all where none is named.</summary>
    public void AddTo(Body body, IReadOnlyList<EventType> types)
    {
        if (types.Count == 0)
        {
            body.Add(Json);
            return;
        }

        body.Add(Json[..seriesStart]);
        var first = true;
        foreach (var slice in series)
        {
            if (!types.Contains(slice.Type))
                continue;
            if (!first)
                body.Add(Comma);
            body.Add(Json.Slice(slice.Start, slice.Length));
            first = false;
        }

        body.Add(End);
    }

}

/// <summary>Where a series stands in a statistics document.</summary>
internal readonly record struct SeriesSlice(EventType Type, int Start, int Length);
