using System.Buffers;
using System.Buffers.Text;
using System.Text;
using GitHubSimulator.World;

namespace GitHubSimulator.Events;

/// <summary>
/// An event of the fewest bytes that still is one: no addresses, and of the payload what distinguishes it from others. No name or type made
/// up here needs escaping, so it is put together from pieces.
/// </summary>
internal static class MinimalEvent
{
    /// <param name="payload">In place of the one that is made up for the type.</param>
    public static void Write(IBufferWriter<byte> to, SimulatedEvent e, PayloadContext context, string? payload)
    {
        var owner = context.Identity.Owner;
        to.Write("{\"id\":\""u8);
        Put(to, e.Id);
        to.Write("\",\"type\":\""u8);
        Put(to, e.Type);
        to.Write("\",\"actor\":{\"id\":"u8);
        Put(to, context.Actor.Id);
        to.Write(",\"login\":\""u8);
        Put(to, context.Actor.Login);
        to.Write("\"},\"repo\":{\"id\":"u8);
        Put(to, context.Repository.Id);
        to.Write(",\"name\":\""u8);
        Put(to, context.Identity.FullName);
        to.Write("\"},\"payload\":"u8);
        if (payload is null)
            PutPayload(to, e.Type, context);
        else
            Put(to, payload);
        to.Write(context.Repository.IsPrivate ? ",\"public\":false"u8 : ",\"public\":true"u8);
        to.Write(",\"created_at\":\""u8);
        Put(to, GitHubTime.Format(context.At));
        to.Write("\""u8);
        if (owner.IsOrganization)
        {
            to.Write(",\"org\":{\"id\":"u8);
            Put(to, owner.Id);
            to.Write(",\"login\":\""u8);
            Put(to, owner.Login);
            to.Write("\"}"u8);
        }

        to.Write("}"u8);
    }

    private static void PutPayload(IBufferWriter<byte> to, string type, PayloadContext context)
    {
        if (type == "PushEvent")
        {
            to.Write("{\"ref\":\"refs/heads/main\",\"head\":\""u8);
            Put(to, context.Sha());
            to.Write("\"}"u8);
            return;
        }

        to.Write("{\"action\":\"made\",\"number\":"u8);
        Put(to, context.Number());
        to.Write("}"u8);
    }

    private static void Put(IBufferWriter<byte> to, string text) => Encoding.UTF8.GetBytes(text, to);

    private static void Put(IBufferWriter<byte> to, long number)
    {
        Utf8Formatter.TryFormat(number, to.GetSpan(20), out var written);
        to.Advance(written);
    }
}
