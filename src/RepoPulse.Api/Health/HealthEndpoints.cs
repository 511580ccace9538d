using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace RepoPulse.Api.Health;

/// <summary>
/// Live is a process that responds at all; ready is one that every registered health check calls so. Other modules add theirs with
/// <c>AddHealthChecks().AddCheck(...)</c>.
/// </summary>
internal static class HealthEndpoints
{
    private static readonly ReadOnlyMemory<byte> Live =
        ContractsJsonContext.Write(new() { Status = HealthCondition.Healthy }, ContractsJsonContext.Default.Liveness);

    public static void MapHealth(this IEndpointRouteBuilder routes)
    {
        routes.MapMethods("/health/live", StoreRead.Methods, LiveAsync)
            .Describe("getLiveness", "Health", "Whether the process runs", "Needs no key.")
            .Produces<Liveness>();
        routes.MapMethods("/health/ready", StoreRead.Methods, ReadyAsync)
            .Describe(
                "getReadiness", "Health", "Whether the server can answer", "Needs no key. 503 while anything is missing, with what it is.")
            .Produces<ReadinessReport>()
            .Produces<ReadinessReport>(StatusCodes.Status503ServiceUnavailable);
    }

    private static Task LiveAsync(HttpContext context, CancellationToken cancellationToken) =>
        WriteAsync(context, StatusCodes.Status200OK, Live, cancellationToken);

    private static async Task ReadyAsync(HttpContext context, HealthCheckService checks, CancellationToken cancellationToken)
    {
        var report = await checks.CheckHealthAsync(cancellationToken);
        var json = ContractsJsonContext.Write(ReadinessReport.Of(report), ContractsJsonContext.Default.ReadinessReport);
        var status = report.Status == HealthStatus.Unhealthy ? StatusCodes.Status503ServiceUnavailable : StatusCodes.Status200OK;
        await WriteAsync(context, status, json, cancellationToken);
    }

    private static Task WriteAsync(HttpContext context, int status, ReadOnlyMemory<byte> json, CancellationToken cancellationToken)
    {
        var response = context.Response;
        response.StatusCode = status;
        response.ContentType = Replies.Json;
        response.ContentLength = json.Length;
        response.Headers.CacheControl = "no-store";
        return HttpMethods.IsHead(context.Request.Method)
            ? Task.CompletedTask
            : response.BodyWriter.WriteAsync(json, cancellationToken).AsTask();
    }
}
