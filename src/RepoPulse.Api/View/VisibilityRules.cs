namespace RepoPulse.Api.View;

/// <summary>
/// Which repositories the API shows, judged by their present name. A hidden one never enters the view, so nothing that is made from the
/// view can give it away.
/// </summary>
internal sealed class VisibilityRules
{
    private const string EveryRepository = "*";
    private const string EveryName = "/*";

    private readonly RuleSet _shown = new();
    private readonly RuleSet _hidden = new();

    /// <summary>Rules from patterns; <see cref="IsPattern"/> says which are.</summary>
    /// <exception cref="FormatException">One of them is no pattern.</exception>
    public VisibilityRules(IReadOnlyList<string> patterns)
    {
        foreach (var pattern in patterns)
        {
            if (!IsPattern(pattern))
                throw new FormatException(
                    $"'{pattern}' is not a pattern of repositories: '*', 'owner/name', 'owner/*', '!owner/name' or '!owner/*' is allowed.");
            if (pattern[0] == '!')
                _hidden.Add(pattern[1..]);
            else
                _shown.Add(pattern);
        }

        // Someone who names only what to leave out means the rest to be shown.
        if (_shown.IsEmpty && !_hidden.IsEmpty)
            _shown.Add(EveryRepository);
    }

    public static bool IsPattern(string? pattern)
    {
        if (pattern is null or EveryRepository)
            return pattern is not null;
        var rest = pattern.StartsWith('!') ? pattern[1..] : pattern;
        return RepositoryName.TryParse(rest.EndsWith(EveryName, StringComparison.Ordinal) ? rest[..^1] + "any" : rest, out _);
    }

    /// <summary>An exclusion outranks whatever shows the repository.</summary>
    public bool Shows(RepositoryName name) => _shown.Contains(name) && !_hidden.Contains(name);

    private sealed class RuleSet
    {
        private readonly HashSet<RepositoryName> _names = [];
        private readonly HashSet<string> _owners = new(StringComparer.OrdinalIgnoreCase);
        private bool _every;

        public bool IsEmpty => !_every && _names.Count == 0 && _owners.Count == 0;

        public void Add(string pattern)
        {
            if (pattern == EveryRepository)
                _every = true;
            else if (pattern.EndsWith(EveryName, StringComparison.Ordinal))
                _owners.Add(pattern[..^EveryName.Length]);
            else
                _names.Add(RepositoryName.Parse(pattern));
        }

        public bool Contains(RepositoryName name) => _every || _names.Contains(name) || _owners.Contains(name.Owner.ToString());
    }
}
