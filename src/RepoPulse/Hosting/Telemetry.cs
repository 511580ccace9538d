using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;
using RepoPulse.Api;
using RepoPulse.Api.Metrics;

namespace RepoPulse.Hosting;

/// <summary>Metrics at <c>/metrics</c>, and what OpenTelemetry's own environment variables ask to be sent besides.</summary>
internal static class Telemetry
{
    private const string Prefix = "OTEL_";

    /// <param name="api">Null where the role has no API.</param>
    public static void AddTelemetry(this WebApplicationBuilder builder, IReadOnlyDictionary<string, string> environment, ApiOptions? api)
    {
        // The host's configuration is empty, and is where OpenTelemetry looks for its variables.
        var variables = environment
            .Where(variable => variable.Key.StartsWith(Prefix, StringComparison.Ordinal))
            .ToDictionary(StringComparer.Ordinal);
        builder.Configuration.AddInMemoryCollection(
            variables.Select(variable => KeyValuePair.Create(variable.Key, (string?)variable.Value)));
        builder.Services.AddMetricsEndpoint(api);
        var telemetry = builder.Services.AddOpenTelemetry();
        if (!variables.ContainsKey("OTEL_SERVICE_NAME"))
            telemetry.ConfigureResource(resource => resource.AddService("repopulse").AddEnvironmentVariableDetector());
        if (IsSent("METRICS"))
            telemetry.WithMetrics(metrics => metrics.AddOtlpExporter());
        if (IsSent("TRACES"))
        {
            telemetry.WithTracing(traces => traces
                .AddAspNetCoreInstrumentation(server => server.Filter = context => !IsAboutItself(context.Request.Path))
                .AddHttpClientInstrumentation()
                .AddOtlpExporter());
        }

        bool IsSent(string signal) => variables.GetValueOrDefault($"OTEL_{signal}_EXPORTER") switch
        {
            "otlp" => true,
            null or "" =>
                variables.ContainsKey("OTEL_EXPORTER_OTLP_ENDPOINT") || variables.ContainsKey($"OTEL_EXPORTER_OTLP_{signal}_ENDPOINT"),
            _ => false,
        };
    }

    /// <summary>Requests that are made every few seconds and name nobody.</summary>
    private static bool IsAboutItself(PathString path) =>
        path.StartsWithSegments("/health", StringComparison.Ordinal) || path == "/metrics";
}
