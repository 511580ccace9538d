using System.Text.Json;
using Confluent.Kafka;

namespace RepoPulse.Kafka;

/// <summary>
/// What the collectors that live publish of their tokens. Who lives is judged by the brokers' clock alone. Written by a follower; read from
/// anywhere.
/// </summary>
internal sealed class KafkaTokenRegistry
{
    /// <summary>Three tellings that did not come.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(15);

    private readonly Lock _lock = new();
    private readonly Dictionary<string, (CollectorRecord Record, DateTimeOffset At)> _collectors = new(StringComparer.Ordinal);
    private DateTimeOffset _latest;

    public void Apply(ConsumeResult<byte[]?, byte[]?> record)
    {
        if (!FeedKeys.TryReadCollector(record.Message.Key ?? [], out var instance))
            return;
        var at = new DateTimeOffset(record.Message.Timestamp.UtcDateTime);
        lock (_lock)
        {
            _latest = at > _latest ? at : _latest;
            if (record.Message.Value is { } value
                && JsonSerializer.Deserialize(value, KafkaJsonContext.Default.CollectorRecord) is { } published)
                _collectors[instance] = (published.Checked(), at);
            else
                _collectors.Remove(instance);
        }
    }

    /// <summary>What others publish about some tokens.</summary>
    /// <param name="self">Who asks; it counts itself.</param>
    public IReadOnlyList<TokenReport> Read(string self, IReadOnlyCollection<TokenUse> tokens, DateTimeOffset now)
    {
        if (tokens.Count == 0)
            return [];
        var users = new Dictionary<string, int>(StringComparer.Ordinal);
        var waits = new Dictionary<string, TimeSpan>(StringComparer.Ordinal);
        lock (_lock)
        {
            foreach (var (instance, (record, at)) in _collectors)
            {
                if (instance == self || at < _latest - Lifetime)
                    continue;
                foreach (var token in record.Tokens)
                {
                    users[token.Token] = users.GetValueOrDefault(token.Token) + 1;
                    if (token.WaitsUntil - (record.ToldAt ?? now) is { } wait && wait > waits.GetValueOrDefault(token.Token))
                        waits[token.Token] = wait < TokenUse.MaxWait ? wait : TokenUse.MaxWait;
                }
            }
        }

        return
        [
            .. tokens.Where(token => users.ContainsKey(token.Token)).Select(token => new TokenReport(
                token.Token,
                users[token.Token] + 1,
                waits.GetValueOrDefault(token.Token))),
        ];
    }
}
