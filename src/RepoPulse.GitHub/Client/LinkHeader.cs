namespace RepoPulse.GitHub;

/// <summary>Reads <c>Link</c> (RFC 8288) as far as GitHub uses it: <c>&lt;url&gt;; rel="next", &lt;url&gt;; rel="last"</c>.</summary>
internal static class LinkHeader
{
    /// <summary>
    /// The target of <c>rel="next"</c>, or null. An unreadable header is as none: the sweep ends, and is judged by what it holds.
    /// </summary>
    public static Uri? Next(IEnumerable<string> values, Uri request)
    {
        foreach (var value in values)
        {
            var rest = value.AsSpan();
            while (rest.IndexOf('<') is >= 0 and var open)
            {
                rest = rest[(open + 1)..];
                var close = rest.IndexOf('>');
                if (close < 0)
                    break;
                var target = rest[..close];
                rest = rest[(close + 1)..];
                var end = rest.IndexOf('<');
                var parameters = end < 0 ? rest : rest[..end];
                if (IsNext(parameters) && Uri.TryCreate(request, target.ToString(), out var next))
                    return next;
            }
        }

        return null;
    }

    private static bool IsNext(ReadOnlySpan<char> parameters)
    {
        foreach (var range in parameters.SplitAny(';', ','))
        {
            var parameter = parameters[range].Trim();
            if (parameter.Equals("rel=\"next\"", StringComparison.OrdinalIgnoreCase)
                || parameter.Equals("rel=next", StringComparison.OrdinalIgnoreCase))
                return true;
        }

        return false;
    }
}
