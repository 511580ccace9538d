using System.Globalization;
using System.IO.Hashing;
using System.Runtime.InteropServices;
using GitHubSimulator.World;

namespace GitHubSimulator.Http;

/// <summary>The feeds of a repository, an organization and everyone.</summary>
internal sealed class FeedEndpoints(GitHubWorld world, RepositoryResolver repositories)
{
    private const string Documentation = "https://docs.github.com/rest/activity/events";

    public ApiAnswer OfEveryone(Exchange exchange) => Page(exchange, "/events", world.ReadPublicFeed);

    public ApiAnswer OfRepository(Exchange exchange, string fullName) =>
        repositories.Answer(exchange, fullName, "/events", repository => OfRepository(exchange, repository));

    public ApiAnswer OfRepository(Exchange exchange, long id) => repositories.Answer(exchange, id, repository => OfRepository(exchange, repository));

    public ApiAnswer OfOrganization(Exchange exchange, string login) => OfOrganization(exchange, world.FindOwner(login));

    public ApiAnswer OfOrganization(Exchange exchange, long id) => OfOrganization(exchange, world.FindOwner(id));

    private ApiAnswer OfRepository(Exchange exchange, SimulatedRepository repository) =>
        Page(exchange, $"/repositories/{repository.Id}/events", () => world.ReadFeed(repository, exchange.User?.Name));

    private ApiAnswer OfOrganization(Exchange exchange, SimulatedOwner? owner) => owner is { IsOrganization: true }
        ? Page(exchange, $"/organizations/{owner.Id}/events", () => world.ReadFeed(owner, exchange.User?.Name))
        : ErrorAnswers.NotFound(Documentation + "#list-public-organization-events");

    private ApiAnswer Page(Exchange exchange, string path, Func<IReadOnlyList<SimulatedEvent>> read)
    {
        var page = PageRequest.Read(exchange.Request.Query);
        if (page.IsOutOfReach(world.Options.FeedLength))
            return ErrorAnswers.PastTheLastPage();
        var events = read();
        var answer = ConditionalAnswer.Of(exchange, Hash(page.Cut(events)), page.Cut(events), Join)
            .With("X-Poll-Interval", Math.Ceiling(PollInterval().TotalSeconds).ToString(CultureInfo.InvariantCulture));

        // Not part of a 304.
        var link = answer.Status == StatusCodes.Status200OK
            ? LinkHeader.Of(exchange.BaseUrl + path, exchange.Facts.Query, page, page.PagesOf(events.Count))
            : null;
        return link is null ? answer : answer.With("Link", link);
    }

    private TimeSpan PollInterval() => world.Weather?.PollInterval(world.PollInterval, world.Time.GetUtcNow()) ?? world.PollInterval;

    private static ulong Hash(List<SimulatedEvent> events)
    {
        var hash = new XxHash3();
        foreach (var e in events)
            hash.Append(MemoryMarshal.AsBytes<long>([e.Repository.Id, e.Id, e.CreatedAt.UtcTicks]));
        return hash.GetCurrentHashAsUInt64();
    }

    private static byte[] Join(IReadOnlyList<SimulatedEvent> events)
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
