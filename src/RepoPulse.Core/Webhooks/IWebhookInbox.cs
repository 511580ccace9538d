using System.Diagnostics.CodeAnalysis;

namespace RepoPulse.Core;

/// <summary>Puts into the log what webhooks deliver, and remembers the deliveries, because GitHub may send one again.</summary>
public interface IWebhookInbox
{
    /// <summary>How long a delivery is remembered at least: GitHub can send one again for three days.</summary>
    static readonly TimeSpan Memory = TimeSpan.FromDays(4);

    /// <summary>
    /// Appends the events of a delivery as <see cref="IEventLogWriter"/> does, and remembers the delivery in the same step: both are
    /// durable on return, or neither. Of one that is remembered every event counts as held already, and nothing changes.
    /// </summary>
    /// <param name="receivedAt">From when the memory of it counts.</param>
    /// <exception cref="StorageException">The store cannot be reached or written; the delivery may come again.</exception>
    ValueTask<AppendResult> AppendAsync(
        DeliveryId delivery, DateTimeOffset receivedAt, IReadOnlyList<GitHubEvent> events, CancellationToken cancellationToken);
}

/// <summary>GitHub's name of one delivery of a webhook, a GUID as a rule. A delivery that is sent again keeps it.</summary>
public readonly record struct DeliveryId
{
    private readonly string? _text;

    private DeliveryId(string text) => _text = text;

    public static bool TryParse([NotNullWhen(true)] string? text, out DeliveryId id)
    {
        var valid = text is { Length: > 0 and <= 100 } && text.All(c => c is > ' ' and <= '~');
        id = valid ? new DeliveryId(text!) : default;
        return valid;
    }

    public override string ToString() => _text ?? "";
}
