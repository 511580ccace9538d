using System.Globalization;
using GitHubSimulator.World;

namespace GitHubSimulator.Http;

/// <summary>The feeds of a repository, an organization and everyone.</summary>
internal sealed class FeedEndpoints(GitHubWorld world, RepositoryResolver repositories)
{
    private const string Documentation = "https://docs.github.com/rest/activity/events";

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/events", (HttpContext context) => Page(context, "/events", world.ReadPublicFeed));
        routes.MapGet("/repos/{owner}/{name}/events", (HttpContext context, string owner, string name) =>
            repositories.Answer(Exchange.Of(context), $"{owner}/{name}", "/events", repository => OfRepository(context, repository)));
        routes.MapGet("/repositories/{id:long}/events", (HttpContext context, long id) =>
            repositories.Answer(Exchange.Of(context), id, repository => OfRepository(context, repository)));
        routes.MapGet("/orgs/{login}/events", (HttpContext context, string login) => OfOrganization(context, world.FindOwner(login)));
        routes.MapGet("/organizations/{id:long}/events", (HttpContext context, long id) => OfOrganization(context, world.FindOwner(id)));
    }

    private IResult OfRepository(HttpContext context, SimulatedRepository repository) => Page(
        context,
        $"/repositories/{repository.Id}/events",
        () => world.ReadFeed(repository, Exchange.Of(context).User?.Name));

    private IResult OfOrganization(HttpContext context, SimulatedOwner? owner) => owner is { IsOrganization: true }
        ? Page(context, $"/organizations/{owner.Id}/events", () => world.ReadFeed(owner, Exchange.Of(context).User?.Name))
        : ErrorAnswers.NotFound(Documentation + "#list-public-organization-events");

    private IResult Page(HttpContext context, string path, Func<IReadOnlyList<SimulatedEvent>> read)
    {
        var exchange = Exchange.Of(context);
        var page = PageRequest.Read(context.Request.Query);
        if (page.IsOutOfReach(world.Options.FeedLength))
            return ErrorAnswers.PastTheLastPage();
        var events = read();
        var shown = page.Cut(events);
        return new ConditionalAnswer(Join(shown))
        {
            Link = LinkHeader.Of(exchange.BaseUrl + path, exchange.Facts.Query, page, page.PagesOf(events.Count)),
            Sending = () => world.Shown.Record(shown),
        }.With("X-Poll-Interval", Math.Ceiling(world.PollInterval.TotalSeconds).ToString(CultureInfo.InvariantCulture));
    }

    private static byte[] Join(List<SimulatedEvent> events)
    {
        var body = new MemoryStream(events.Sum(e => e.Json.Length + 1) + 2);
        body.WriteByte((byte)'[');
        for (var i = 0; i < events.Count; i++)
        {
            if (i > 0)
                body.WriteByte((byte)',');
            body.Write(events[i].Json.Span);
        }

        body.WriteByte((byte)']');
        return body.ToArray();
    }
}
