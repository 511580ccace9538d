using System.IO.Hashing;
using System.Text;

namespace RepoPulse.Api.Queries;

/// <summary>A fingerprint of a list and its filters: what a cursor is bound to. The page's size is no part of it.</summary>
internal readonly record struct FilterPrint(long Value)
{
    /// <param name="list">Which list.</param>
    /// <param name="filters">Its filters in a canonical order. A line break is in none of them.</param>
    public static FilterPrint Of(string list, params IEnumerable<string> filters) =>
        new((long)XxHash64.HashToUInt64(Encoding.UTF8.GetBytes(list + "\n" + string.Join('\n', filters))));
}
