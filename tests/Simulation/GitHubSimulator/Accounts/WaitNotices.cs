namespace GitHubSimulator.Accounts;

/// <summary>What the tokens of an account have been asked to wait: who asks regardless breaks the rules.</summary>
internal sealed class WaitNotices
{
    private readonly Lock _lock = new();
    private readonly Dictionary<(string Token, bool IsPrimary), WaitNotice> _notices = [];

    /// <summary>A refusal never shortens a wait of its kind that was sent before.</summary>
    public void Add(string token, WaitNotice notice)
    {
        lock (_lock)
            if (!_notices.TryGetValue((token, notice.IsPrimary), out var known) || known.Until < notice.Until)
                _notices[(token, notice.IsPrimary)] = notice;
    }

    /// <summary>The notice that a request made now disregards, and whether it was sent to this token; null for none.</summary>
    /// <param name="asksForLimits">Asks for the limits themselves.</param>
    public (WaitNotice Notice, bool IsOwn)? Find(string token, DateTimeOffset now, bool asksForLimits)
    {
        lock (_lock)
        {
            (WaitNotice, bool)? others = null;
            foreach (var ((recipient, _), notice) in _notices)
            {
                if (!IsDisregarded(notice))
                    continue;
                if (recipient == token)
                    return (notice, true);
                others = (notice, false);
            }

            return others;
        }

        bool IsDisregarded(WaitNotice notice) => now >= notice.SentAt && now < notice.Until && !(notice.IsPrimary && asksForLimits);
    }

    public void Forget()
    {
        lock (_lock)
            _notices.Clear();
    }
}
