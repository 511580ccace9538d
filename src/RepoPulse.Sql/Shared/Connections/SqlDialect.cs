namespace RepoPulse.Sql;

/// <summary>Where the databases differ within statements that are otherwise the same.</summary>
internal abstract class SqlDialect
{
    /// <summary>Whether a transaction that writes is the only one from its start, so that what it has read stays so.</summary>
    public abstract bool HasOneWriter { get; }

    /// <summary>Events with <c>dictionary</c> and <c>json</c>, to be looked for by repository and time.</summary>
    public abstract string EventsOfRepository { get; }

    /// <summary>Events with <c>dictionary</c> and <c>json</c>, to be read in the order of time.</summary>
    public abstract string EventsByTime { get; }

    /// <summary>Events with <c>dictionary</c> and <c>json</c>.</summary>
    public abstract string EventsWithPayload { get; }

    /// <summary>
    /// Joins the second table to the first, and not the other way round where the database would not find that by itself.
    /// </summary>
    public abstract string JoinInOrder { get; }

    /// <summary>That an event is not among those that retention removed.</summary>
    public abstract string IsHeld { get; }

    /// <summary>A statement that reads <c>dictionary</c> and <c>json</c> of the newest events, as many as its parameter says.</summary>
    public abstract string NewestPayloads { get; }

    /// <summary>That a column is one of the numbers bound by <see cref="SqlStatement.BindIds"/>.</summary>
    public abstract string In(string column, int parameter);

    public abstract string List(IEnumerable<long> numbers);

    /// <summary>
    /// Moves the times at which names were last seen, by the key of their rows. None of it is news to readers of the catalog.
    /// </summary>
    public abstract void Touch(SqlSession session, IReadOnlyCollection<(long Stamp, SeenName Seen)> names);

    /// <summary>
    /// Moves the times of those observations that are no news, where all of them are likely to be such and it can be judged and done in one
    /// step; returns those that are left to be judged.
    /// </summary>
    public virtual IReadOnlyCollection<SeenName> TouchKnown(SqlSession session, IReadOnlyCollection<SeenName> seen) => seen;

    /// <summary>Writes names of which readers of the catalog are to learn.</summary>
    public abstract void Write(SqlSession session, IReadOnlyCollection<NameRow> names);

    /// <summary>Takes an event out of the log.</summary>
    public abstract void Delete(SqlSession session, long sequence);

    /// <summary>When the newest event of each repository happened, or of some only; repositories without any are left out.</summary>
    public abstract Dictionary<long, long> LastEvents(SqlSession session, IReadOnlyCollection<long>? repositories);
}
