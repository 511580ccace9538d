namespace RepoPulse.Configuration;

/// <summary>
/// Whether a text looks like a secret that stands where none belongs: a token as a repository's name, a connection string as a provider.
/// Such a text is not shown, though values of that key are.
/// </summary>
internal static class SecretLook
{
    /// <summary>What is shown in place of it.</summary>
    public const string Hidden = "(not shown)";

    /// <summary>No value that somebody must see to find an error is longer.</summary>
    private const int MaxShown = 100;

    /// <summary>Keys and tokens are at least so many letters and digits in one piece.</summary>
    private const int MinRun = 16;

    public static bool IsOne(string text)
    {
        // Pairs of name and value (connection strings), addresses with a user, PEM and texts of several lines.
        if (text.Length > MaxShown
            || text.AsSpan().ContainsAny("=@;")
            || text.Contains("-----", StringComparison.Ordinal)
            || text.Any(char.IsControl))
            return true;
        var (run, letters, digits) = (0, 0, 0);
        foreach (var c in text)
        {
            (run, letters, digits) = char.IsLetterOrDigit(c) || c == '_'
                ? (run + 1, letters + (char.IsLetter(c) ? 1 : 0), digits + (char.IsDigit(c) ? 1 : 0))
                : (0, 0, 0);
            if (run >= MinRun && letters > 0 && digits > 0)
                return true;
        }

        return false;
    }
}
