using System.Buffers;

namespace GitHubSimulator.World;

/// <summary>Writes an event as GitHub shows it: kept as it is, or made again each time it is asked for, always the same.</summary>
internal interface IEventBody
{
    void Write(SimulatedEvent e, IBufferWriter<byte> to);

    /// <summary>Whose repository it was when the event happened: that organization's feed shows it.</summary>
    SimulatedOwner OwnerOf(SimulatedEvent e);
}
