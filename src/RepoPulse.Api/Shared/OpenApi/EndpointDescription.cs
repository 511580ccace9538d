using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using RepoPulse.Api.Health;

namespace RepoPulse.Api;

/// <summary>How an endpoint describes in the document what it takes and returns.</summary>
internal static class EndpointDescription
{
    public static RouteHandlerBuilder Describe(
        this RouteHandlerBuilder endpoint, string id, string tag, string summary, string description) =>
        endpoint.WithName(id).WithTags(tag).WithSummary(summary).WithDescription(description);

    public static RouteHandlerBuilder OfOneRepository(this RouteHandlerBuilder endpoint) => endpoint
        .WithMetadata(new TakenParameters([Parameters.Owner, Parameters.Name]))
        .Produces(StatusCodes.Status308PermanentRedirect)
        .Refuses(StatusCodes.Status404NotFound);

    public static RouteHandlerBuilder Takes(this RouteHandlerBuilder endpoint, params IReadOnlyList<Parameter> parameters) => endpoint
        .WithMetadata(new TakenParameters(parameters))
        .Refuses(StatusCodes.Status400BadRequest);

    /// <summary>Serves from the view alone, in JSON with an entity tag.</summary>
    public static RouteHandlerBuilder ProducesJson<T>(this RouteHandlerBuilder endpoint) => endpoint.ProducesAs<T>(Replies.Json);

    /// <summary>Serves from the view alone, in another form than JSON, with an entity tag.</summary>
    public static RouteHandlerBuilder ProducesAs<T>(this RouteHandlerBuilder endpoint, string mediaType) => endpoint
        .WithMetadata(new StaleAgeMiddleware.OfView())
        .ProducesFromStore<T>(mediaType);

    /// <summary>Finds the repository in the view and responds from the store, with an entity tag.</summary>
    public static RouteHandlerBuilder ProducesFromStore<T>(this RouteHandlerBuilder endpoint, string mediaType = Replies.Json) => endpoint
        .WithMetadata(new ReadinessGate.NeedsView())
        .Produces<T>(contentType: mediaType)
        .Produces(StatusCodes.Status304NotModified)
        .Refuses(StatusCodes.Status401Unauthorized)
        .Refuses(StatusCodes.Status429TooManyRequests)
        .Refuses(StatusCodes.Status503ServiceUnavailable);

    public static RouteHandlerBuilder Refuses(this RouteHandlerBuilder endpoint, int status) =>
        endpoint.Produces<Problem>(status, Problems.MediaType);

    internal sealed record TakenParameters(IReadOnlyList<Parameter> Parameters);
}
