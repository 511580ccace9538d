using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.Http;
using RepoPulse.Api.View;

namespace RepoPulse.Api.Repositories;

/// <summary>Finds the repository that a path names.</summary>
internal static class RepositoryRoute
{
    public const string Prefix = "/api/v1/repositories";

    /// <summary>The repository; or the response that is given in its place: 404, or 308 to its present name.</summary>
    /// <param name="subPath">What follows the name in the path.</param>
    public static bool TryFind(
        HttpContext context, StatisticsView view, string owner, string name, string subPath,
        [NotNullWhen(true)] out RepositoryEntry? entry, [NotNullWhen(false)] out Task? answer)
    {
        entry = null;
        answer = null;
        if (!RepositoryName.TryParse($"{owner}/{name}", out var asked) || view.Directory.Find(asked) is not { } cell)
        {
            answer = Problems.NoSuchRepositoryAsync(context, owner, name);
            return false;
        }

        // Where the present name leads to another repository, sending the client there would return the wrong one.
        var present = cell.Key.Name;
        if (present != asked && view.Directory.Find(present) == cell)
        {
            answer = MovedTo(context, present, subPath);
            return false;
        }

        entry = cell.Entry;
        return true;
    }

    private static Task MovedTo(HttpContext context, RepositoryName name, string subPath)
    {
        var request = context.Request;
        context.Response.StatusCode = StatusCodes.Status308PermanentRedirect;
        context.Response.Headers.Location = $"{request.PathBase}{Prefix}/{name.FullName}{subPath}{request.QueryString}";

        // A name may be taken by another repository tomorrow, and a 308 is kept for ever where nothing forbids it.
        context.Response.Headers.CacheControl = "no-cache";
        return Task.CompletedTask;
    }
}
