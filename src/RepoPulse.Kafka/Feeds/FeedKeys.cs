using System.Text;

namespace RepoPulse.Kafka;

/// <summary>The keys of the topics of feeds, and the partitions that they belong to.</summary>
internal static class FeedKeys
{
    private const string ListPrefix = "list:";
    private const string CollectorPrefix = "collector:";

    /// <summary>The partition of a feed in all three topics. Addresses that differ in case are the same.</summary>
    public static int Partition(FeedAddress feed, int partitions) => Murmur2.Partition(Key(feed), partitions);

    public static byte[] Key(FeedAddress feed) => Encoding.UTF8.GetBytes(feed.ToString().ToLowerInvariant());

    public static byte[] OnList(FeedAddress feed, string collector) => [.. Key(feed), (byte)'\n', .. Encoding.UTF8.GetBytes(collector)];

    public static byte[] OfList(string collector) => Encoding.UTF8.GetBytes(ListPrefix + collector);

    public static byte[] OfCollector(string instance) => Encoding.UTF8.GetBytes(CollectorPrefix + instance);

    public static bool TryReadOnList(ReadOnlySpan<byte> key, out FeedAddress feed, out string collector)
    {
        var end = key.IndexOf((byte)'\n');
        feed = default;
        collector = end < 0 ? "" : Encoding.UTF8.GetString(key[(end + 1)..]);
        return end > 0 && FeedAddress.TryParse(Encoding.UTF8.GetString(key[..end]), out feed);
    }

    public static bool TryReadList(ReadOnlySpan<byte> key, out string collector) => TryRead(key, ListPrefix, out collector);

    public static bool TryReadCollector(ReadOnlySpan<byte> key, out string instance) => TryRead(key, CollectorPrefix, out instance);

    private static bool TryRead(ReadOnlySpan<byte> key, string prefix, out string rest)
    {
        var text = Encoding.UTF8.GetString(key);
        rest = text.StartsWith(prefix, StringComparison.Ordinal) ? text[prefix.Length..] : "";
        return rest.Length > 0;
    }
}
