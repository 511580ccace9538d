namespace RepoPulse.Sql;

internal sealed class SqlWebhookInbox(SqlEventLogWriter log) : IWebhookInbox
{
    /// <summary>So many are forgotten with each that comes, at most: more than come, and few enough for one append.</summary>
    private const int ForgottenAtOnce = 100;

    public ValueTask<AppendResult> AppendAsync(
        DeliveryId delivery, DateTimeOffset receivedAt, IReadOnlyList<GitHubEvent> events, CancellationToken cancellationToken) =>
        log.AppendAsync(events, EventSource.Webhook, session => Remember(session, delivery, receivedAt), cancellationToken);

    /// <summary>False where the delivery is remembered.</summary>
    private static bool Remember(SqlSession session, DeliveryId delivery, DateTimeOffset receivedAt)
    {
        using var insert = session.Prepare("INSERT INTO webhook_delivery (id, received_at) VALUES (?1, ?2) ON CONFLICT (id) DO NOTHING");
        if (insert.Bind(1, delivery.ToString()).Bind(2, Micros.Floor(receivedAt)).Run() == 0)
            return false;
        using (var forget = session.Prepare(
            """
            DELETE FROM webhook_delivery
            WHERE id IN (SELECT id FROM webhook_delivery WHERE received_at < ?1 ORDER BY received_at LIMIT ?2)
            """))
            forget.Bind(1, Micros.Floor(receivedAt - IWebhookInbox.Memory)).Bind(2, ForgottenAtOnce).Run();

        // Dated by a clock that was far ahead, they would be remembered until that time comes.
        using var forgetAhead = session.Prepare(
            """
            DELETE FROM webhook_delivery
            WHERE id IN (SELECT id FROM webhook_delivery WHERE received_at > ?1 ORDER BY received_at DESC LIMIT ?2)
            """);
        forgetAhead.Bind(1, Micros.Floor(receivedAt + IWebhookInbox.Memory)).Bind(2, ForgottenAtOnce).Run();
        return true;
    }
}
