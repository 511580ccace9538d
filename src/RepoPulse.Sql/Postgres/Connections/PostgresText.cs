using System.Collections.Concurrent;
using System.Text.RegularExpressions;

namespace RepoPulse.Sql.Postgres;

/// <summary>Turns a statement that is written once for every database into PostgreSQL's form.</summary>
internal static partial class PostgresText
{
    private static readonly ConcurrentDictionary<string, string> Known = new(StringComparer.Ordinal);

    /// <summary>Parameters are <c>$1</c> in place of <c>?1</c>, and hints for SQLite's planner are left out.</summary>
    public static string Translate(string sql) =>
        Known.GetOrAdd(sql, static text => Parameter().Replace(Hint().Replace(text, ""), "$$${number}"));

    [GeneratedRegex(@"\?(?<number>\d+)", RegexOptions.NonBacktracking)]
    private static partial Regex Parameter();

    [GeneratedRegex(@" INDEXED BY \w+", RegexOptions.NonBacktracking)]
    private static partial Regex Hint();
}
