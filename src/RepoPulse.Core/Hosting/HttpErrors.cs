namespace RepoPulse.Core.Hosting;

/// <summary>What went wrong with a request, in words that hold no password.</summary>
public static class HttpErrors
{
    /// <summary>
    /// The text without what stands before the host in its addresses: the base library names a proxy with the user and the password that it
    /// was given in <c>HTTPS_PROXY</c>.
    /// </summary>
    public static string WithoutUsers(string text)
    {
        const string Scheme = "://";
        for (var at = text.IndexOf(Scheme, StringComparison.Ordinal); at >= 0; at = text.IndexOf(Scheme, at + 1, StringComparison.Ordinal))
        {
            var start = at + Scheme.Length;
            var end = text.AsSpan(start).IndexOfAny("'\"\n ");
            // The last one: a password may hold it too.
            var user = text.AsSpan(start, end < 0 ? text.Length - start : end).LastIndexOf('@');
            if (user >= 0)
                text = text.Remove(start, user + 1);
        }

        return text;
    }
}
