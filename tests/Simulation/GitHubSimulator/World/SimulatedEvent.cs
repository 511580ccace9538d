using System.Buffers;
using GitHubSimulator.Events;

namespace GitHubSimulator.World;

/// <summary>An event that happened, whether or not a feed shows it yet.</summary>
public sealed class SimulatedEvent
{
    // Ticks, since there may be millions.
    private readonly long _happenedAt;
    private readonly long _visibleAt;
    private readonly long _rankAt;
    private readonly IEventBody _body;

    internal SimulatedEvent(
        SimulatedRepository repository,
        long id,
        string type,
        DateTimeOffset happenedAt,
        DateTimeOffset visibleAt,
        DateTimeOffset rankAt,
        IEventBody body)
    {
        Repository = repository;
        Id = id;
        Type = type;
        _happenedAt = happenedAt.UtcTicks;
        _visibleAt = visibleAt.UtcTicks;
        _rankAt = rankAt.UtcTicks;
        _body = body;
    }

    public SimulatedRepository Repository { get; }

    public long Id { get; }

    public string Type { get; }

    public DateTimeOffset HappenedAt => new(_happenedAt, TimeSpan.Zero);

    /// <summary><see cref="HappenedAt"/> to the second, as GitHub writes it.</summary>
    public DateTimeOffset CreatedAt => GitHubTime.ToSecond(HappenedAt);

    /// <summary>From when on feeds may show it: later than <see cref="CreatedAt"/> for a late one.</summary>
    public DateTimeOffset VisibleAt => new(_visibleAt, TimeSpan.Zero);

    /// <summary>Its place in a feed, newest first; <see cref="HappenedAt"/> unless neighbours are to stand out of order.</summary>
    public DateTimeOffset RankAt => new(_rankAt, TimeSpan.Zero);

    /// <summary>The whole event as GitHub writes it; made again each time for a made-up event.</summary>
    public ReadOnlyMemory<byte> Json
    {
        get
        {
            var buffer = new ArrayBufferWriter<byte>(1024);
            Write(buffer);
            return buffer.WrittenMemory;
        }
    }

    internal SimulatedOwner Owner => _body.OwnerOf(this);

    internal void Write(IBufferWriter<byte> to) => _body.Write(this, to);

    internal ShownEvent ToKey() => new(Repository.Id, Id, CreatedAt, Type);
}
