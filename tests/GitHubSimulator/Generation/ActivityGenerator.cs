using GitHubSimulator.World;

namespace GitHubSimulator.Generation;

/// <summary>Makes up events of any number of repositories, in one order in time, so that a seed gives the same events however it is read.</summary>
public sealed class ActivityGenerator : IEventSource
{
    /// <summary>As much history as fills a feed of 300 even where it begins in a quiet time; more could never be shown.</summary>
    private const int HistoryEvents = 3_000;

    private readonly PriorityQueue<ActivityStream, (DateTimeOffset At, int Ordinal)> _next = new();
    private readonly GitHubWorld _world;
    private readonly GenerationOptions _options;
    private int _ordinal;

    private ActivityGenerator(GitHubWorld world, GenerationOptions options)
    {
        _world = world;
        _options = options;
    }

    /// <summary>Lets repositories be busy from now on, and in the past as if they had always been.</summary>
    public static void Play(GitHubWorld world, IEnumerable<RepositoryActivity> activities, GenerationOptions? options = null)
    {
        var generator = new ActivityGenerator(world, options ?? new());
        lock (world.Gate)
        {
            foreach (var activity in activities)
                generator.Add(activity);
            world.Play(generator);
        }
    }

    public void AdvanceTo(DateTimeOffset now)
    {
        while (_next.TryPeek(out var stream, out var place) && place.At <= now)
        {
            _next.Dequeue();
            stream.Emit(_world);
            _next.Enqueue(stream, (stream.NextAt, place.Ordinal));
        }
    }

    private void Add(RepositoryActivity activity)
    {
        var repository = _world.FindRepository(activity.Name) is { Redirect: 0, Repository: { } known }
            ? known
            : _world.AddRepository(activity.Name, new RepositoryOptions { OwnerIsOrganization = activity.OwnerIsOrganization });
        if (activity.EventsPerHour <= 0)
            return;
        var hours = Math.Min(_options.History.TotalHours, HistoryEvents / activity.EventsPerHour);
        var start = _world.Time.GetUtcNow().AddHours(-hours);
        var stream = new ActivityStream(repository, activity.EventsPerHour, _options, start);
        _next.Enqueue(stream, (stream.NextAt, _ordinal++));
    }
}
