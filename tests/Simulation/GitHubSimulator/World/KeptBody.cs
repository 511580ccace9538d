using System.Buffers;

namespace GitHubSimulator.World;

/// <summary>JSON that is kept: of recorded and scripted events.</summary>
internal sealed class KeptBody(byte[] json, SimulatedOwner owner) : IEventBody
{
    public void Write(SimulatedEvent e, IBufferWriter<byte> to) => to.Write(json);

    public SimulatedOwner OwnerOf(SimulatedEvent e) => owner;
}
