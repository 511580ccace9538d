using GitHubSimulator.World;

namespace GitHubSimulator.Generation;

/// <summary>Makes up events of any number of repositories, the same for a seed however and in whatever order they are read.</summary>
public static class ActivityGenerator
{
    /// <summary>
    /// Lets repositories be busy from now on, and in the past as if they had always been. An idle one costs nothing but itself.
    /// </summary>
    public static void Play(GitHubWorld world, IEnumerable<RepositoryActivity> activities, GenerationOptions? options = null)
    {
        options ??= new();
        lock (world.Gate)
        {
            var begin = world.Now - options.History;
            var restartAt = world.Now + options.IdRestartAfter;
            List<Activity> neighbours = [];
            foreach (var activity in activities)
            {
                var repository = world.FindRepository(activity.Name) is { Redirect: 0, Repository: { } known }
                    ? known
                    : world.AddRepository(activity.Name, new RepositoryOptions { OwnerIsOrganization = activity.OwnerIsOrganization });
                if (activity.EventsPerHour > 0)
                    neighbours.Add(Play(repository, activity.EventsPerHour, options, new ActivityIds(
                        world.NumberActivity(), restartAt, neighbours), begin));
            }
        }
    }

    private static Activity Play(
        SimulatedRepository repository, double eventsPerHour, GenerationOptions options, ActivityIds ids, DateTimeOffset begin)
    {
        var activity = new Activity(repository, eventsPerHour, options, ids, begin);
        repository.Events.Play(activity);
        return activity;
    }
}
