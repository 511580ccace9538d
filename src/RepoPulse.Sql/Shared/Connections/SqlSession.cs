namespace RepoPulse.Sql;

/// <summary>
/// One connection, as the code sees it that is the same for every database. Used by one thread at a time. Within
/// <see cref="SqlDatabase.WriteAsync{T}"/> all that it does is one transaction.
/// </summary>
internal abstract class SqlSession
{
    public abstract SqlDialect Dialect { get; }

    /// <summary>Set by who changes something that readers of the log wait for: they are woken once it is committed.</summary>
    public bool EventsChanged { get; set; }

    /// <summary>Set by who changes something that readers of the catalog wait for.</summary>
    public bool CatalogChanged { get; set; }

    /// <summary>The statement of this text, ready to bind. Not to be asked for again before it is disposed.</summary>
    public abstract SqlStatement Prepare(string sql);

    /// <summary>
    /// Begins to give out numbers: from here to the end of the transaction nobody else does, so the order of numbers is the order of
    /// commits.
    /// </summary>
    public abstract SqlCounter Count(SqlNumbers numbers);

    /// <summary>The last number of those that are committed; 0 where there is none.</summary>
    public abstract long Last(SqlNumbers numbers);

    /// <summary>The number that a statement returns; 0 where that is nothing.</summary>
    public long Scalar(string sql)
    {
        using var statement = Prepare(sql);
        return statement.Step() ? statement.Int64(0) : throw new InvalidOperationException($"'{sql}' answered nothing.");
    }
}

/// <summary>What numbers are given to, in the order of commits.</summary>
internal enum SqlNumbers
{
    /// <summary>The events of the log.</summary>
    Events,

    /// <summary>What readers of the catalog are to learn.</summary>
    Catalog,
}
