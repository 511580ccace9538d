using System.Globalization;
using GitHubSimulator.Chance;
using GitHubSimulator.Generation;
using GitHubSimulator.World;

namespace GitHubSimulator.Faults;

public sealed partial class FaultWeather
{
    private const int OtherOwners = 5;

    /// <summary>How long a name is free before another repository takes it.</summary>
    private static readonly TimeSpan MinFreedom = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan MaxFreedom = TimeSpan.FromHours(12);

    /// <summary>Plans what will happen to a repository. Called with the world's lock held.</summary>
    internal void Watch(GitHubWorld world, SimulatedRepository repository)
    {
        PlanRenaming(world, repository, world.Now);
        if (Options.LossSpacing <= TimeSpan.Zero)
            return;
        var draws = Draws.Of(_seed, DrawKind.Loss, repository.Id);
        Plan(world, world.Now + Options.LossSpacing * draws.NextExponential(), () => Lose(world, repository, draws));
    }

    /// <summary>Nothing of a weather happens once another has come.</summary>
    private void Plan(GitHubWorld world, DateTimeOffset at, Action action) => world.Schedule(at, () =>
    {
        if (world.Weather == this)
            action();
    });

    private void PlanRenaming(GitHubWorld world, SimulatedRepository repository, DateTimeOffset after)
    {
        var moments = new DrawnWindows(_seed, DrawKind.Renaming, Options.RenamingSpacing, TimeSpan.Zero);
        if (!moments.Any)
            return;
        var at = moments.NextStart(repository.Id, after);
        Plan(world, at, () =>
        {
            Rename(world, repository, Draws.Of(_seed, DrawKind.Renaming, repository.Id, at.UtcTicks));
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
        Plan(world, world.Now + draws.Between(MinFreedom, MaxFreedom), () =>
        {
            var isTaken = world.FindRepository(name) is { Redirect: 0, Repository.Availability: Availability.Available };
            if (isTaken)
                return;
            world.AddRepository(name, new RepositoryOptions { OwnerIsOrganization = former.Owner.IsOrganization });
            if (former.Events.Activity is { } activity)
                ActivityGenerator.Play(world, [new RepositoryActivity(name, activity.EventsPerHour)], activity.Options with { History = TimeSpan.Zero });
        });
    }
}
