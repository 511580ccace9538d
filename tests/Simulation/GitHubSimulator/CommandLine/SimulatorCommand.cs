using System.CommandLine;
using System.CommandLine.Parsing;
using GitHubSimulator.Faults;
using GitHubSimulator.Generation;

namespace GitHubSimulator.CommandLine;

/// <summary>The command line of the simulator when it runs by itself.</summary>
internal static class SimulatorCommand
{
    private const string DefaultRepositories =
        "microsoft/vscode:180,kubernetes/kubernetes:140,dotnet/runtime:120,rust-lang/rust:90,torvalds/linux:15,octocat/hello-world:0.2";

    private const string Description = """
        A server that behaves like GitHub's events API, with made-up or recorded events.

        Examples:
          github-simulator
              Six repositories, 30 days of made-up history and new events all the time.
          github-simulator --urls http://127.0.0.1:9090 --repositories dotnet/runtime:120,octocat/hello-world:6 --seed 42
              Two repositories with 120 and 6 events an hour; the same events for the same seed and start.
          github-simulator --archive 2026-01-01-15.json.gz --archive-oldest-ago 00:10:00 --speed 4
              A recorded hour as if it had begun ten minutes ago, four times as fast.
          github-simulator --token alice:ghp_one --token alice:ghp_two --user-limit 5000 --unauthenticated-limit 60
              GitHub's own limits, two tokens of one user; any other token is 401.
          github-simulator --faults stormy --late-share 0.05 --max-delay 00:02:00 --seed 7
              A GitHub that fails in every way it can, with late events; the same faults for the same seed and requests.
        """;

    public static RootCommand Create()
    {
        var urls = new Option<string>("--urls") { Description = "Where to listen.", DefaultValueFactory = _ => "http://127.0.0.1:9090" };
        var repositories = new Option<RepositoryActivity[]>("--repositories")
        {
            Description = $"Made-up repositories and their events per hour, name:rate. Without it and --archive: {DefaultRepositories}.",
            CustomParser = ParseRepositories,
            AllowMultipleArgumentsPerToken = true,
        };
        var users = new Option<string[]>("--users")
        {
            Description = "Owners that are users and not organizations.",
            DefaultValueFactory = _ => ["octocat", "torvalds"],
            AllowMultipleArgumentsPerToken = true,
        };
        var seed = new Option<int>("--seed") { Description = "Of everything drawn by chance.", DefaultValueFactory = _ => 1 };
        var history = new Option<TimeSpan>("--history")
        {
            Description = "How far back made-up events reach.",
            DefaultValueFactory = _ => TimeSpan.FromDays(30)
        };
        var maxDelay = new Option<TimeSpan>("--max-delay")
        {
            Description = "Made-up events show within this time after they happened.",
            DefaultValueFactory = _ => TimeSpan.Zero
        };
        var lateShare = new Option<double>("--late-share")
        {
            Description = "The share of made-up events that show up to six hours late.",
            DefaultValueFactory = _ => 0
        };
        var faults = new Option<string>("--faults")
        {
            Description = "How bad the weather is: none, light or stormy.",
            DefaultValueFactory = _ => "none"
        };
        faults.AcceptOnlyFromAmong("none", "light", "stormy");
        var archives = new Option<string[]>("--archive")
        {
            Description = "GH Archive files or folders to play.",
            AllowMultipleArgumentsPerToken = true
        };
        var oldestAgo = new Option<TimeSpan>("--archive-oldest-ago")
        {
            Description = "How long ago the archive's first event happens.",
            DefaultValueFactory = _ => TimeSpan.FromMinutes(30)
        };
        var newestAgo = new Option<TimeSpan?>("--archive-newest-ago") { Description = "How long ago its last event happens, instead." };
        var speed = new Option<double>("--speed") { Description = "How many times faster events come.", DefaultValueFactory = _ => 1 };
        var tokens = new Option<string[]>("--token")
        {
            Description = "TOKEN or LOGIN:TOKEN, repeatable. Without it any token is taken.",
            AllowMultipleArgumentsPerToken = true
        };
        var pollInterval = new Option<int>("--poll-interval")
        {
            Description = "X-Poll-Interval in seconds; GitHub's is 60.",
            DefaultValueFactory = _ => 60
        };
        var userLimit = new Option<int>("--user-limit")
        {
            Description = "Requests an hour of a user; GitHub's is 5000.",
            DefaultValueFactory = _ => 100_000
        };
        var unauthenticatedLimit = new Option<int>("--unauthenticated-limit")
        {
            Description = "Requests an hour without a token; GitHub's is 60.",
            DefaultValueFactory = _ => 100_000
        };
        AtLeast(lateShare, 0, "0 to 1");
        AtMost(lateShare, 1, "0 to 1");
        AtLeast(speed, double.Epsilon, "above 0");
        AtLeast(pollInterval, 0, "0 or more");
        AtLeast(history, TimeSpan.Zero, "not negative");
        AtLeast(maxDelay, TimeSpan.Zero, "not negative");
        AtLeast(userLimit, 0, "0 or more");
        AtLeast(unauthenticatedLimit, 0, "0 or more");

        var command = new RootCommand(Description)
        {
            urls, repositories, users, seed, history, maxDelay, lateShare, faults, archives, oldestAgo, newestAgo, speed, tokens,
            pollInterval, userLimit, unauthenticatedLimit,
        };
        command.SetAction((parsed, cancellationToken) => SimulatorRun.RunAsync(Read(parsed), cancellationToken));
        return command;

        SimulatorSettings Read(ParseResult parsed) => new()
        {
            Url = parsed.GetRequiredValue(urls),
            Repositories = Owned(
                parsed.GetResult(repositories) is not null ? parsed.GetRequiredValue(repositories)
                    : parsed.GetResult(archives) is not null ? []
                    : Split(DefaultRepositories),
                parsed.GetRequiredValue(users)),
            Seed = parsed.GetValue(seed),
            History = parsed.GetValue(history),
            Lateness = new Lateness
            {
                Usual = parsed.GetValue(maxDelay),
                LateShare = parsed.GetValue(lateShare),
                Longest = TimeSpan.FromHours(6)
            },
            Faults = parsed.GetRequiredValue(faults) switch
            {
                "light" => FaultWeather.Light,
                "stormy" => FaultWeather.Stormy,
                _ => null,
            },
            Archives = parsed.GetValue(archives) ?? [],
            ArchiveOldestAgo = parsed.GetValue(oldestAgo),
            ArchiveNewestAgo = parsed.GetValue(newestAgo),
            Speed = parsed.GetValue(speed),
            Tokens = parsed.GetValue(tokens) ?? [],
            PollInterval = TimeSpan.FromSeconds(parsed.GetValue(pollInterval)),
            UserLimit = parsed.GetValue(userLimit),
            UnauthenticatedLimit = parsed.GetValue(unauthenticatedLimit),
        };
    }

    private static RepositoryActivity[]? ParseRepositories(ArgumentResult result)
    {
        try
        {
            return [.. result.Tokens.SelectMany(token => Split(token.Value))];
        }
        catch (FormatException e)
        {
            result.AddError(e.Message);
            return null;
        }
    }

    private static RepositoryActivity[] Split(string list) =>
        [.. list.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(RepositoryActivity.Parse)];

    private static RepositoryActivity[] Owned(IEnumerable<RepositoryActivity> activities, string[] users) =>
    [
        .. activities.Select(activity => activity with
        {
            OwnerIsOrganization = !users.Contains(activity.Name.Split('/')[0], StringComparer.OrdinalIgnoreCase),
        }),
    ];

    private static void AtLeast<T>(Option<T> option, T least, string allowed)
        where T : IComparable<T> => Check(option, value => value.CompareTo(least) >= 0, allowed);

    private static void AtMost<T>(Option<T> option, T most, string allowed)
        where T : IComparable<T> => Check(option, value => value.CompareTo(most) <= 0, allowed);

    private static void Check<T>(Option<T> option, Predicate<T> isAllowed, string allowed) => option.Validators.Add(result =>
    {
        if (result.GetValueOrDefault<T>() is { } value && !isAllowed(value))
            result.AddError($"{option.Name} must be {allowed}; {value} is not.");
    });
}
