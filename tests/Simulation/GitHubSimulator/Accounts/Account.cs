namespace GitHubSimulator.Accounts;

/// <summary>
/// Who a limit belongs to: a user with any number of tokens, an installation of a GitHub App, or an address that asks without a token.
/// </summary>
public sealed class Account
{
    internal Account(string name, long id, AccountKind kind, int limit, LimitOptions options)
    {
        Name = name;
        Id = id;
        Kind = kind;
        Primary = new PrimaryQuota(limit, options.Window);
        Secondary = new SecondaryLimit(options);
    }

    /// <summary>The login, the address, or <c>installation-</c> with its id.</summary>
    public string Name { get; }

    public long Id { get; }

    public AccountKind Kind { get; }

    /// <summary>Has shown who it is: for it a 304 is free.</summary>
    public bool IsAuthenticated => Kind != AccountKind.Address;

    internal PrimaryQuota Primary { get; }

    internal SecondaryLimit Secondary { get; }

    internal WaitNotices Notices { get; } = new();

    /// <summary>When it was last seen to what others have used of its limit.</summary>
    internal DateTimeOffset SpentUntil { get; set; }

    /// <summary>What the limit's headers say at a time.</summary>
    public QuotaReading Quota(DateTimeOffset now) => Primary.Read(now);

    /// <summary>Uses up what is left of the limit's present window.</summary>
    public void Exhaust(DateTimeOffset now) => Primary.Exhaust(now);
}
