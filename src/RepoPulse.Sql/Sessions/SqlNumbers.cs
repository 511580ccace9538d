namespace RepoPulse.Sql.Sessions;

/// <summary>What numbers are given to, in the order of commits.</summary>
internal enum SqlNumbers
{
    /// <summary>The events of the log.</summary>
    Events,

    /// <summary>What readers of the catalog are to learn.</summary>
    Catalog,
}
