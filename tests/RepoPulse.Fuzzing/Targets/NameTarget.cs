using System.Net;
using System.Text;
using RepoPulse.Api;
using RepoPulse.Api.View;
using RepoPulse.Configuration;
using RepoPulse.Core.Reading;
using RepoPulse.Fuzzing.Generation;

namespace RepoPulse.Fuzzing.Targets;

/// <summary>Names, patterns, times and durations: the words that the other inputs are made of.</summary>
internal sealed class NameTarget : FuzzTarget
{
    private static readonly RepositoryName Some = RepositoryName.Parse("octo/cat");

    public override string Name => "name";

    public override int Share => 80;

    public override IReadOnlyList<byte[]> Seeds { get; } = Tokens.Utf8(
        "octo/cat", "dotnet/runtime", "a-b_c.d/e-f_g.h", "octo/*", "!octo/cat", "!octo/*", "*", "repos/octo/cat", "orgs/octo",
        "repositories/7001", "PushEvent", "webhook-3685663315b62dc1",
        "timeline-0000000000000abc", "40000000001", "72d3162e-cc78-11e3-81ab-4c9367dc0958", "2026-11-23T11:59:30Z",
        "2026-11-23T11:59:30.1234567+05:30", "2012/03/10 12:34:56 -0800", "PT15M",
        "P7D", "P2W", "P1DT2H3M4S", "1d12h", "500ms", "7.00:00:00", "00:15:00.5", "10.0.0.0/8", "::1", "https://example.org",
        "http://127.0.0.1:8080", "http://*:8080", "localhost:9092", "[::1]:9092");

    public override ValueTask<bool> FuzzAsync(byte[] input)
    {
        var text = Encoding.UTF8.GetString(input);
        return ValueTask.FromResult(
            CheckNames(text) | CheckPatterns(text) | CheckIds(text) | CheckTimes(text, input) | CheckAddresses(text));
    }

    private static bool CheckNames(string text)
    {
        var isName = RepositoryName.TryParse(text, out var name);
        if (isName)
        {
            Invariant.Equal(text, name.FullName);
            Invariant.Holds(name.Owner.Length > 0 && name.Name.Length > 0 && $"{name.Owner}/{name.Name}" == text);
            Invariant.Holds(FeedAddress.OfRepository(name).Repository == name);
        }

        var isFeed = FeedAddress.TryParse(text, out var feed);
        if (isFeed)
        {
            Invariant.Equal(text, feed.ToString());
            Invariant.Holds(feed.IsRepository ^ feed.IsOrganization ^ feed.IsRepositoryId);
        }

        var isType = EventType.TryParse(text, out var type);
        Invariant.Holds(!isType || (type.Name == text && type != EventType.All));
        return isName | isFeed | isType;
    }

    /// <summary>What the configuration accepts is what the rules are made of.</summary>
    private static bool CheckPatterns(string text)
    {
        var isPattern = VisibilityRules.IsPattern(text);
        Invariant.Equal(isPattern, ValueFormats.RepositoryPattern.Parse(text, out _) is null);
        if (isPattern)
            new VisibilityRules([text]).Shows(Some);
        return isPattern;
    }

    private static bool CheckIds(string text)
    {
        var isId = EventId.TryParse(text, out var id);
        if (isId)
            Invariant.Holds(EventId.TryParse(id.ToString(), out var again) && again == id);
        return isId | (DeliveryId.TryParse(text, out var delivery) && delivery.ToString() == text);
    }

    private static bool CheckTimes(string text, byte[] input)
    {
        var isTime = EventTime.TryParse(input, out var time);
        Invariant.Holds(!isTime || time.Offset == TimeSpan.Zero);
        var isQuery = Rfc3339.TryParse(text, out var asked);
        Invariant.Holds(!isQuery || asked.Offset == TimeSpan.Zero);
        var isIso = Iso8601Duration.TryParse(text, out var bucket);
        Invariant.Holds(!isIso || bucket >= TimeSpan.Zero);
        var isDuration = Duration.TryParse(text, out var duration);
        if (isDuration)
        {
            Invariant.Holds(duration >= TimeSpan.Zero);
            Invariant.Holds(!isIso || bucket == duration);
            Invariant.Holds(Duration.TryParse(Duration.Show(duration), out var again) && again == duration);
        }

        return isTime | isQuery | isIso | isDuration;
    }

    private static bool CheckAddresses(string text)
    {
        // As settings are given: trimmed, and not empty.
        text = text.Trim();
        if (text.Length == 0)
            return false;
        var isNetwork = ProxyNetworks.TryParse(text, out var network);
        Invariant.Holds(!isNetwork || network.Contains(network.BaseAddress) || network.BaseAddress.Equals(IPAddress.None));
        // An origin that the configuration takes is one that the API takes.
        var isOrigin = AddressFormats.Origin.Parse(text, out var origin) is null;
        Invariant.Holds(!isOrigin || AllowedOriginsPolicy.IsOrigin(origin));
        return isNetwork | isOrigin | AddressFormats.Listen.Parse(text, out _) is null | AddressFormats.Broker.Parse(text, out _) is null;
    }
}
