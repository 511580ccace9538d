namespace RepoPulse.Kafka;

/// <summary>Which tokens a collector uses, none of which can be derived from it, and until when GitHub makes them wait.</summary>
internal sealed record CollectorRecord(IReadOnlyList<TokenRecord> Tokens)
{
    /// <summary>
    /// When it was written, by the clock that the waits are given in: no two machines' agree. Null in records of version 0.1.
    /// </summary>
    public DateTimeOffset? ToldAt { get; init; }

    /// <exception cref="InvalidDataException">No collector writes such a record.</exception>
    public CollectorRecord Checked()
    {
        RecordCheck.Time(ToldAt, nameof(ToldAt));
        RecordCheck.Require(Tokens is not null && Tokens.All(token => token is { Token: not null }), nameof(Tokens));
        foreach (var token in Tokens!)
            RecordCheck.Time(token.WaitsUntil, nameof(token.WaitsUntil));
        return this;
    }
}

/// <summary>A token, by what distinguishes it from others, and until when it waits.</summary>
internal sealed record TokenRecord(string Token, DateTimeOffset? WaitsUntil);
