using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using RepoPulse.Core.Hosting;
using RepoPulse.Core.Reading;

namespace RepoPulse.Commands.Check;

/// <summary>
/// Asks a running service how it is: for supervisors that can run a command and look at its exit status, but not ask over HTTP.
/// </summary>
internal static class HealthRequest
{
    /// <summary>Less than supervisors allow a check as a rule (30 s).</summary>
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10);

    public static async Task<int> AskAsync(CommandContext context, Uri health, CancellationToken cancellationToken)
    {
        using var http = new HttpClient(context.HttpHandler()) { Timeout = Timeout };
        http.DefaultRequestHeaders.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        try
        {
            using var response = await http.GetAsync(health, cancellationToken);
            var body = await response.Content.ReadAsByteArrayAsync(cancellationToken);
            var works = response.IsSuccessStatusCode;
            await (works ? context.Out : context.Error).WriteLineAsync(
                $"{(works ? "ok    " : "FAILED")} {health}: {(int)response.StatusCode}{Describe(body)}");
            return works ? ExitCode.Done : ExitCode.Failed;
        }
        catch (HttpRequestException e)
        {
            throw new CommandFailedException($"{health} cannot be reached: {HttpErrors.WithoutUsers(e.Message)}", e);
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            throw new CommandFailedException($"{health} did not answer within {Timeout.TotalSeconds:0} s.", e);
        }
    }

    /// <summary>What the report says of the parts that are not well; nothing where it says nothing, or the body is no report.</summary>
    private static string Describe(byte[] body)
    {
        var text = new StringBuilder();
        try
        {
            using var report = JsonDocument.Parse(body);
            if (report.RootElement.Part("checks") is not { ValueKind: JsonValueKind.Array } checks)
                return "";
            foreach (var check in checks.EnumerateArray().Where(check => check.Text("status") != "healthy"))
                text.Append($"; {check.Text("name")} is {check.Text("status")}: {check.Text("detail")}");
        }
        catch (JsonException)
        {
            // Some other server's page: its status says enough.
        }

        return text.ToString();
    }
}
