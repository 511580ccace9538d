namespace RepoPulse.Sql;

/// <summary>
/// A statement of a <see cref="SqlSession"/>, with parameters <c>?1</c>, <c>?2</c> and so on. Disposing gives it back to its session, and
/// ends what it reads.
/// </summary>
internal abstract class SqlStatement : IDisposable
{
    public abstract SqlStatement Bind(int index, long? value);

    public abstract SqlStatement BindReal(int index, double? value);

    public abstract SqlStatement Bind(int index, string? value);

    public abstract SqlStatement Bind(int index, ReadOnlySpan<byte> value);

    /// <summary>Several ids, for a condition that <see cref="SqlDialect.In"/> makes.</summary>
    public SqlStatement BindIds(SqlDialect dialect, int index, IEnumerable<long> ids) => Bind(index, dialect.List(ids));

    /// <summary>Goes to the next row; false at the end.</summary>
    public abstract bool Step();

    /// <summary>Runs a statement that returns nothing, readies it for the next run, and returns how many rows it changed.</summary>
    public abstract int Run();

    /// <summary>Ends a run before its last row.</summary>
    public abstract void Reset();

    /// <summary>A number of any size; 0 for none.</summary>
    public abstract long Int64(int column);

    public int Int32(int column) => (int)Int64(column);

    public abstract double Double(int column);

    public long? NullableInt64(int column) => IsNull(column) ? null : Int64(column);

    public abstract string Text(int column);

    public string? NullableText(int column) => IsNull(column) ? null : Text(column);

    /// <summary>Valid until the next step.</summary>
    public abstract ReadOnlySpan<byte> Blob(int column);

    public abstract bool IsNull(int column);

    public abstract void Dispose();
}
