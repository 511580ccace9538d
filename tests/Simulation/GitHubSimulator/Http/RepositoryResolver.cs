using GitHubSimulator.World;

namespace GitHubSimulator.Http;

/// <summary>Finds the repository that is asked for, or says why there is none to be had.</summary>
internal sealed class RepositoryResolver(GitHubWorld world)
{
    private const string Documentation = "https://docs.github.com/rest/repos/repos#get-a-repository";
    private const string Redirects = "https://docs.github.com/rest/guides/best-practices-for-using-the-rest-api#follow-redirects";

    /// <param name="rest">What follows the repository in the path, for the address to redirect to.</param>
    public ApiAnswer Answer(Exchange exchange, string fullName, string rest, Func<SimulatedRepository, ApiAnswer> answer)
    {
        var (repository, redirect) = world.FindRepository(fullName);
        if (redirect == 0)
            redirect = exchange.Weather.Redirect;
        return repository is not null && redirect != 0
            ? Answer(exchange, repository, _ => Moved(exchange, redirect, $"{exchange.BaseUrl}/repositories/{repository.Id}{rest}"))
            : Answer(exchange, repository, answer);
    }

    public ApiAnswer Answer(Exchange exchange, long id, Func<SimulatedRepository, ApiAnswer> answer) =>
        Answer(exchange, world.FindRepository(id), answer);

    private ApiAnswer Answer(Exchange exchange, SimulatedRepository? repository, Func<SimulatedRepository, ApiAnswer> answer) =>
        repository is null
        ? ErrorAnswers.NotFound(Documentation)
        : world.AvailabilityOf(repository) switch
        {
            Availability.NotFound => ErrorAnswers.NotFound(Documentation),
            Availability.Gone => ErrorAnswers.Gone(),
            Availability.Blocked => ErrorAnswers.Blocked(),
            _ => world.IsReadable(repository, exchange.User?.Name) ? answer(repository) : ErrorAnswers.NotFound(Documentation),
        };

    private static ApiAnswer Moved(Exchange exchange, int status, string address)
    {
        var location = address + exchange.Facts.Query;
        return JsonAnswer.Of(status, json =>
        {
            json.WriteStartObject();
            json.WriteString("message", status == StatusCodes.Status301MovedPermanently ? "Moved Permanently" : "Found");
            json.WriteString("url", location);
            json.WriteString("documentation_url", Redirects);
            json.WriteEndObject();
        }).With("Location", location);
    }
}
