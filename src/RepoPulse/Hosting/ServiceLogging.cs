using Microsoft.Extensions.Logging.Console;
using RepoPulse.Configuration;

namespace RepoPulse.Hosting;

internal static class ServiceLogging
{
    /// <summary>Logs to the standard error, a line an event: plain for people, or JSON for machines.</summary>
    public static IServiceCollection AddServiceLogging(this IServiceCollection services, LoggingSettings settings) =>
        services.AddLogging(logging =>
    {
        logging.SetMinimumLevel(settings.Level);
        // What the framework logs about every request is of use only to who looks for an error in it.
        logging.AddFilter("Microsoft", settings.Level <= LogLevel.Debug
            ? settings.Level
            : (LogLevel)Math.Max((int)settings.Level, (int)LogLevel.Warning));
        // An error with every request for health while something is wrong, which the code that met it has logged already.
        logging.AddFilter(
            "Microsoft.Extensions.Diagnostics.HealthChecks", settings.Level <= LogLevel.Debug ? settings.Level : LogLevel.None);
        if (settings.Format == LogFormat.Json)
        {
            logging.AddJsonConsole(json =>
            {
                json.TimestampFormat = "O";
                json.UseUtcTimestamp = true;
            });
        }
        else
        {
            logging.AddConsole(console => console.FormatterName = PlainLogFormatter.FormatterName);
            logging.Services.AddSingleton<ConsoleFormatter, PlainLogFormatter>();
        }

        logging.Services.Configure<ConsoleLoggerOptions>(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
    });
}
