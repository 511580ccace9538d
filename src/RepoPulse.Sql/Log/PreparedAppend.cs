using RepoPulse.Sql.Repositories;
using RepoPulse.Sql.Sessions;

namespace RepoPulse.Sql.Log;

/// <summary>Events of one source, compressed and ready to be written within a transaction.</summary>
internal abstract class PreparedAppend : IDisposable
{
    /// <summary>Writes them. May be called again in another transaction, where that one came to nothing.</summary>
    /// <param name="names">Takes what names were seen; saved by the caller, at the end of the transaction.</param>
    public abstract AppendResult Append(SqlSession session, SqlNames names);

    public abstract void Dispose();
}
