using System.Globalization;
using GitHubSimulator.Accounts;
using GitHubSimulator.Chance;
using GitHubSimulator.World;

namespace GitHubSimulator.Faults;

/// <summary>What the weather makes of accounts: tokens that end, and limits that others use up.</summary>
internal sealed class AccountChanges(FaultWeather weather, int seed)
{
    private FaultWeatherOptions Options => weather.Options;

    /// <summary>Plans what will happen to tokens. Called with the world's lock held.</summary>
    public void Watch(GitHubWorld world) => PlanTokenChange(world, world.Now);

    /// <summary>Uses up what another program of the same user has used since the last look. Called with the world's lock held.</summary>
    public void Spend(Account account, DateTimeOffset after, DateTimeOffset until)
    {
        var moments = new DrawnWindows(seed, DrawKind.Spending, Options.SpendingSpacing, TimeSpan.Zero);
        foreach (var moment in moments.StartsBetween(account.Id, after, until))
        {
            var share = Options.MaxSpending * Draws.Of(seed, DrawKind.Spending, account.Id, moment.UtcTicks).NextDouble();
            account.Primary.Spend(moment, share);
        }
    }

    private void PlanTokenChange(GitHubWorld world, DateTimeOffset after)
    {
        var moments = new DrawnWindows(seed, DrawKind.Token, Options.TokenChangeSpacing, TimeSpan.Zero);
        if (!moments.Any)
            return;
        var at = moments.NextStart(0, after);
        weather.Plan(world, at, () =>
        {
            ChangeToken(world.Accounts, Draws.Of(seed, DrawKind.Token, 1, at.UtcTicks), at);
            PlanTokenChange(world, at);
        });
    }

    /// <summary>A user's only token is replaced, and never taken away: a run that nobody can go on with shows nothing.</summary>
    private void ChangeToken(AccountDirectory accounts, Draws draws, DateTimeOffset at)
    {
        var tokens = accounts.Tokens;
        if (tokens.Count == 0)
            return;
        var token = tokens[draws.Next(tokens.Count)];
        var login = accounts.Holder(token)!.Name;
        if (accounts.TokensOf(login).Count > 1 && draws.Happens(Options.RevocationShare))
            accounts.Revoke(token);
        else
            accounts.Replace(token, $"{login}-{at.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture)}");
    }
}
