using System.Globalization;
using GitHubSimulator.Chance;
using GitHubSimulator.Generation;
using GitHubSimulator.World;

namespace GitHubSimulator.Faults;

/// <summary>What the weather makes of repositories: new names and owners, their end, and others that take their names.</summary>
internal sealed class RepositoryChanges(FaultWeather weather, int seed)
{
    private const int OtherOwners = 5;

    /// <summary>How long a name is free before another repository takes it.</summary>
    private static readonly TimeSpan MinFreedom = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan MaxFreedom = TimeSpan.FromHours(12);

    private FaultWeatherOptions Options => weather.Options;

    /// <summary>Plans what will happen to a repository. Called with the world's lock held.</summary>
    public void Watch(GitHubWorld world, SimulatedRepository repository)
    {
        PlanRenaming(world, repository, world.Now);
        if (Options.LossSpacing <= TimeSpan.Zero)
            return;
        var draws = Draws.Of(seed, DrawKind.Loss, repository.Id);
        weather.Plan(world, world.Now + Options.LossSpacing * draws.NextExponential(), () => Lose(world, repository, draws));
    }

    private void PlanRenaming(GitHubWorld world, SimulatedRepository repository, DateTimeOffset after)
    {
        var moments = new DrawnWindows(seed, DrawKind.Renaming, Options.RenamingSpacing, TimeSpan.Zero);
        if (!moments.Any)
            return;
        var at = moments.NextStart(repository.Id, after);
        weather.Plan(world, at, () =>
        {
            Rename(world, repository, Draws.Of(seed, DrawKind.Renaming, repository.Id, at.UtcTicks));
            PlanRenaming(world, repository, at);
        });
    }

    private void Rename(GitHubWorld world, SimulatedRepository repository, Draws draws)
    {
        var former = repository.FullName;
        var owner = draws.Happens(Options.MoveShare)
            ? "new-home-" + draws.Next(OtherOwners).ToString(CultureInfo.InvariantCulture)
            : repository.Owner.Login;
        var name = $"{owner}/{repository.Identities[0].Name}-{draws.Next(10_000).ToString(CultureInfo.InvariantCulture)}";
        if (repository.Availability != Availability.Available || world.FindRepository(name).Repository is not null)
            return;
        repository.RenameTo(name, draws.Happens(Options.TemporaryRedirectShare) ? draws.Pick(302, 307) : 301);
        PlanReuse(world, repository, former, draws);
    }

    private void Lose(GitHubWorld world, SimulatedRepository repository, Draws draws)
    {
        repository.Availability = draws.Pick(Availability.NotFound, Availability.NotFound, Availability.Gone, Availability.Blocked);
        if (repository.Availability == Availability.NotFound)
            PlanReuse(world, repository, repository.FullName, draws);
    }

    /// <summary>The newcomer is about as busy as the one before, and has no history.</summary>
    private void PlanReuse(GitHubWorld world, SimulatedRepository former, string name, Draws draws)
    {
        if (!draws.Happens(Options.NameReuseShare))
            return;
        weather.Plan(world, world.Now + draws.Between(MinFreedom, MaxFreedom), () =>
        {
            var isTaken = world.FindRepository(name) is { Redirect: 0, Repository.Availability: Availability.Available };
            if (isTaken)
                return;
            world.AddRepository(name, new RepositoryOptions { OwnerIsOrganization = former.Owner.IsOrganization });
            if (former.Events.Activity is { } activity)
                ActivityGenerator.Play(
                    world, [new RepositoryActivity(name, activity.EventsPerHour)], activity.Options with { History = TimeSpan.Zero });
        });
    }
}
