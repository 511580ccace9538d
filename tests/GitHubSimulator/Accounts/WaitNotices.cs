namespace GitHubSimulator.Accounts;

/// <summary>What the tokens of an account have been told of waiting: who asks regardless breaks the rules.</summary>
internal sealed class WaitNotices
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, WaitNotice> _byToken = new(StringComparer.Ordinal);

    /// <summary>A refusal never shortens a wait that was told before.</summary>
    public void Tell(string token, WaitNotice notice)
    {
        lock (_lock)
            if (!_byToken.TryGetValue(token, out var known) || known.Until < notice.Until)
                _byToken[token] = notice;
    }

    /// <summary>The notice that a request made now disregards, and whether it was told to this token; null for none.</summary>
    /// <param name="asksForLimits">Asks for the limits themselves.</param>
    public (WaitNotice Notice, bool IsOwn)? Find(string token, DateTimeOffset now, bool asksForLimits)
    {
        lock (_lock)
        {
            if (_byToken.TryGetValue(token, out var own) && IsDisregarded(own))
                return (own, true);
            foreach (var notice in _byToken.Values)
                if (IsDisregarded(notice))
                    return (notice, false);
            return null;
        }

        bool IsDisregarded(WaitNotice notice) => now >= notice.ToldAt && now < notice.Until && !(notice.IsPrimary && asksForLimits);
    }

    public void Forget()
    {
        lock (_lock)
            _byToken.Clear();
    }
}
