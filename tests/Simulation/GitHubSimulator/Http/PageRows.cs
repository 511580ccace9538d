using System.Buffers;
using System.IO.Hashing;
using System.Runtime.InteropServices;
using System.Text;
using GitHubSimulator.Faults;
using GitHubSimulator.World;

namespace GitHubSimulator.Http;

/// <summary>The rows of a page: events, and here and there something that is none.</summary>
internal sealed class PageRows
{
    private readonly List<SimulatedEvent> _rows;
    private readonly Dictionary<int, string>? _broken;

    private PageRows(List<SimulatedEvent> rows, Dictionary<int, string>? broken)
    {
        _rows = rows;
        _broken = broken;
    }

    /// <summary>The events that stand in the page.</summary>
    public IReadOnlyList<SimulatedEvent> Events => _broken is null ? _rows : [.. _rows.Where((_, index) => !_broken.ContainsKey(index))];

    public static PageRows Of(List<SimulatedEvent> events, FaultWeather? weather, DateTimeOffset now)
    {
        Dictionary<int, string>? broken = null;
        if (weather is { Options.BrokenRowShare: > 0 })
            for (var i = 0; i < events.Count; i++)
                if (weather.Feeds.BrokenRow(events[i], now) is { } row)
                    (broken ??= []).Add(i, row);
        return new PageRows(events, broken);
    }

    /// <summary>Another page has another, without its body having to be written.</summary>
    public ulong Hash()
    {
        var hash = new XxHash3(_broken?.Count ?? 0);
        Span<long> row = stackalloc long[3];
        for (var i = 0; i < _rows.Count; i++)
        {
            (row[0], row[1], row[2]) = (_rows[i].Repository.Id, _rows[i].Id, _rows[i].HappenedAt.UtcTicks);
            if (_broken?.ContainsKey(i) == true)
                row[2] = -1;
            hash.Append(MemoryMarshal.AsBytes(row));
        }

        return hash.GetCurrentHashAsUInt64();
    }

    public ReadOnlyMemory<byte> Write()
    {
        var body = new ArrayBufferWriter<byte>(Math.Max(2, _rows.Count * 512));
        body.Write("["u8);
        for (var i = 0; i < _rows.Count; i++)
        {
            if (i > 0)
                body.Write(","u8);
            if (_broken?.TryGetValue(i, out var row) == true)
                body.Write(Encoding.UTF8.GetBytes(row));
            else
                _rows[i].Write(body);
        }

        body.Write("]"u8);
        return body.WrittenMemory;
    }
}
