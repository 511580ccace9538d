namespace GitHubSimulator.Accounts;

/// <summary>Who a limit belongs to: a user with any number of tokens, or an address that asks without one.</summary>
public sealed class Account
{
    internal Account(string name, long id, bool isUser, int limit, LimitOptions options)
    {
        Name = name;
        Id = id;
        IsUser = isUser;
        Primary = new PrimaryQuota(limit, options.Window);
        Secondary = new SecondaryLimit(options);
    }

    /// <summary>The login, or the address.</summary>
    public string Name { get; }

    public long Id { get; }

    public bool IsUser { get; }

    internal string? Login => IsUser ? Name : null;

    internal PrimaryQuota Primary { get; }

    internal SecondaryLimit Secondary { get; }

    /// <summary>What the limit's headers say at a time.</summary>
    public QuotaReading Quota(DateTimeOffset now) => Primary.Read(now);

    /// <summary>Uses up what is left of the limit's present window.</summary>
    public void Exhaust(DateTimeOffset now) => Primary.Exhaust(now);
}
