using System.Globalization;
using GitHubSimulator.World;

namespace GitHubSimulator.Http;

/// <summary>The feeds of a repository, an organization and everyone.</summary>
internal sealed class FeedEndpoints(GitHubWorld world, RepositoryResolver repositories)
{
    private const string Documentation = "https://docs.github.com/rest/activity/events";

    public ApiAnswer OfEveryone(Exchange exchange) => Page(exchange, "/events", world.ReadPublicFeed(AsOf(exchange)));

    public ApiAnswer OfRepository(Exchange exchange, string fullName) =>
        repositories.Answer(exchange, fullName, "/events", repository => OfRepository(exchange, repository));

    public ApiAnswer OfRepository(Exchange exchange, long id) =>
        repositories.Answer(exchange, id, repository => OfRepository(exchange, repository));

    public ApiAnswer OfOrganization(Exchange exchange, string login) => OfOrganization(exchange, world.FindOwner(login));

    public ApiAnswer OfOrganization(Exchange exchange, long id) => OfOrganization(exchange, world.FindOwner(id));

    private ApiAnswer OfRepository(Exchange exchange, SimulatedRepository repository) =>
        Page(exchange, $"/repositories/{repository.Id}/events", world.ReadFeed(repository, exchange.User?.Name, AsOf(exchange)));

    private ApiAnswer OfOrganization(Exchange exchange, SimulatedOwner? owner) => owner is { IsOrganization: true }
        ? Page(exchange, $"/organizations/{owner.Id}/events", world.ReadFeed(owner, AsOf(exchange)))
        : ErrorAnswers.NotFound(Documentation + "#list-public-organization-events");

    /// <summary>A replica that lags behind shows what was to be seen then, of what is to be seen at all.</summary>
    private DateTimeOffset AsOf(Exchange exchange)
    {
        var asOf = world.Time.GetUtcNow() - exchange.Weather.Staleness;
        exchange.AsOf = asOf;
        return asOf;
    }

    private ApiAnswer Page(Exchange exchange, string path, IReadOnlyList<SimulatedEvent> events)
    {
        var page = PageRequest.Read(exchange.Request.Query);
        if (page.IsOutOfReach(world.Options.FeedLength))
            return ErrorAnswers.PastTheLastPage();
        var rows = PageRows.Of(page.Cut(events), world.Weather, world.Time.GetUtcNow());
        var answer = ConditionalAnswer.Of(exchange, rows)
            .With("X-Poll-Interval", Math.Ceiling(PollInterval().TotalSeconds).ToString(CultureInfo.InvariantCulture));

        // Not part of a 304.
        var link = answer.Status == StatusCodes.Status200OK
            ? LinkHeader.Of(exchange.BaseUrl + path, exchange.Facts.Query, page, page.PagesOf(events.Count))
            : null;
        return link is null ? answer : answer.With("Link", link);
    }

    private TimeSpan PollInterval() => world.Weather?.Feeds.PollInterval(world.PollInterval, world.Time.GetUtcNow()) ?? world.PollInterval;
}
