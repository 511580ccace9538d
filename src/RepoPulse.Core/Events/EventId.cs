using System.Globalization;

namespace RepoPulse.Core;

/// <summary>
/// The identifier of an event. GitHub's are positive numbers; where a form carries none (the timeline before 2015, webhooks) one is derived
/// from the content. Derived ones are negative, so they can never equal one of GitHub's, and print with a prefix.
/// </summary>
/// <remarks>
/// An id alone does not identify an event: GitHub has restarted its numbering more than once. See <see cref="EventKey"/>.
/// </remarks>
public readonly record struct EventId : IComparable<EventId>
{
    private const string TimelinePrefix = "timeline-";
    private const string WebhookPrefix = "webhook-";
    private const long WebhookBit = 1L << 62;
    private const long HashMask = WebhookBit - 1;

    private EventId(long value) => Value = value;

    /// <summary>
    /// GitHub's number, or a negative one for a derived id. What adapters store; the order of values has no meaning in time.
    /// </summary>
    public long Value { get; }

    public bool IsDerived => Value < 0;

    /// <summary>Whether it was derived from what a webhook delivered.</summary>
    public bool IsWebhook => Value < 0 && (Value & WebhookBit) != 0;

    /// <summary>An id that GitHub gave.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="id"/> is negative.</exception>
    public static EventId FromGitHub(long id)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(id);
        return new EventId(id);
    }

    /// <summary>An id for an event of the timeline before 2015, from a hash of its content (62 bits of it are used).</summary>
    public static EventId FromTimeline(ulong hash) => new(long.MinValue | ((long)hash & HashMask));

    /// <summary>An id for an event that a webhook delivered, from a hash of its content (62 bits of it are used).</summary>
    public static EventId FromWebhook(ulong hash) => new(long.MinValue | WebhookBit | ((long)hash & HashMask));

    /// <summary>The id that an adapter stored as <see cref="Value"/>.</summary>
    public static EventId FromValue(long value) => new(value);

    public static bool TryParse(ReadOnlySpan<char> text, out EventId id)
    {
        id = default;
        if (text.StartsWith(TimelinePrefix, StringComparison.Ordinal))
            return TryParseHash(text[TimelinePrefix.Length..], FromTimeline, out id);
        if (text.StartsWith(WebhookPrefix, StringComparison.Ordinal))
            return TryParseHash(text[WebhookPrefix.Length..], FromWebhook, out id);
        if (!long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            return false;
        id = new EventId(number);
        return true;
    }

    public int CompareTo(EventId other) => Value.CompareTo(other.Value);

    public override string ToString()
    {
        if (!IsDerived)
            return Value.ToString(CultureInfo.InvariantCulture);
        var prefix = IsWebhook ? WebhookPrefix : TimelinePrefix;
        return string.Create(CultureInfo.InvariantCulture, $"{prefix}{Value & HashMask:x16}");
    }

    private static bool TryParseHash(ReadOnlySpan<char> digits, Func<ulong, EventId> make, out EventId id)
    {
        var parsed = ulong.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var hash) && hash <= HashMask;
        id = parsed ? make(hash) : default;
        return parsed;
    }
}
