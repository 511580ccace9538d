using System.Buffers;
using GitHubSimulator.Chance;
using GitHubSimulator.Events;
using GitHubSimulator.World;

namespace GitHubSimulator.Generation;

/// <summary>Writes a made-up event: what it says depends on the seed and the event alone, and it has the name of its time.</summary>
internal sealed class GeneratedBody(GenerationOptions options) : IEventBody
{
    public void Write(SimulatedEvent e, IBufferWriter<byte> to)
    {
        var draws = Draws.Of(options.Seed, DrawKind.Payload, e.Repository.Id ^ e.Id, e.HappenedAt.UtcTicks);
        var random = new DrawnRandom(draws);
        var payload = options.NullPayloadShare > 0 && draws.Happens(options.NullPayloadShare) ? "null" : null;
        var repository = e.Repository.IdentityAt(e.HappenedAt);
        var context = new PayloadContext(e.Repository, repository, Actor.Draw(random), e.CreatedAt, random)
        {
            IsOldForm = options.OldPayloads
        };
        if (options.MinimalPayloads)
            MinimalEvent.Write(to, e, context, payload);
        else
            EventWriter.Write(to, e.Id, e.Type, context, payload);
    }

    public SimulatedOwner OwnerOf(SimulatedEvent e) => e.Repository.IdentityAt(e.HappenedAt).Owner;
}
