using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json;
using GitHubSimulator.CommandLine;
using GitHubSimulator.World;

namespace RepoPulse.FunctionalTests.Simulator;

public sealed class CommandLineTests
{
    [Theory]
    [InlineData("--repositories dotnet/runtime", "events-per-hour")]
    [InlineData("--speed 0", "above 0")]
    [InlineData("--poll-interval -1", "0 or more")]
    [InlineData("--late-share 1.5", "0 to 1")]
    [InlineData("--faults hail", "hail")]
    [InlineData("--nonsense", "--nonsense")]
    public void A_wrong_command_line_is_refused_by_name(string line, string expected)
    {
        var errors = SimulatorCommand.Create().Parse(line).Errors;

        Assert.Contains(errors, error => error.Message.Contains(expected, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("")]
    [InlineData("--urls http://127.0.0.1:9090 --repositories dotnet/runtime:120,octocat/hello-world:6 --seed 42 --history 7.00:00:00 " +
        "--speed 1 --token T --poll-interval 1")]
    [InlineData("--faults stormy --late-share 0.05 --max-delay 00:02:00")]
    [InlineData("--faults none")]
    [InlineData("--archive a.json b.json.gz --archive-newest-ago 00:01:00 --max-delay 00:00:30")]
    public void A_right_command_line_is_taken(string line) => Assert.Empty(SimulatorCommand.Create().Parse(line).Errors);

    [Fact]
    public async Task Run_by_itself_it_says_where_it_listens_shows_events_and_ends_when_asked_to()
    {
        using var process = Process.Start(new ProcessStartInfo("dotnet")
        {
            ArgumentList =
            {
                Path.Combine(AppContext.BaseDirectory, "github-simulator.dll"),
                "--urls", "http://127.0.0.1:0", "--repositories", "dotnet/runtime:120,octocat/hello-world:0", "--poll-interval", "5",
                "--token", "t",
            },
            RedirectStandardOutput = true,
            UseShellExecute = false,
        })!;
        try
        {
            var line = await process.StandardOutput.ReadLineAsync();
            Assert.StartsWith("GitHub simulator listening on http://127.0.0.1:", line, StringComparison.Ordinal);
            Assert.Contains("2 repositories, about 120 made-up events an hour, X-Poll-Interval 5 s", line, StringComparison.Ordinal);
            using var client = new HttpClient { BaseAddress = new Uri(line!.Split(": ")[0].Split(' ')[^1]) };
            client.DefaultRequestHeaders.UserAgent.ParseAdd("test");
            client.DefaultRequestHeaders.Add("Authorization", "Bearer t");

            using var response = await client.GetAsync("repos/dotnet/runtime/events?per_page=100&page=3");
            Assert.Equal(100, (await response.Content.ReadFromJsonAsync<JsonElement>()).GetArrayLength());
            Assert.Equal("5", SimulatedGitHub.Header(response, "X-Poll-Interval"));
            Assert.Equal("[]", await client.GetStringAsync("repos/octocat/hello-world/events"));

            using var kill = Process.Start("kill", ["-TERM", process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
            await process.WaitForExitAsync();
            Assert.Equal(0, process.ExitCode);
        }
        finally
        {
            if (!process.HasExited)
                process.Kill();
        }
    }

    [Fact]
    public void The_simulator_knows_nothing_of_the_product() =>
        Assert.DoesNotContain(
            typeof(GitHubWorld).Assembly.GetReferencedAssemblies(),
            reference => reference.Name!.StartsWith("RepoPulse", StringComparison.OrdinalIgnoreCase)
                || reference.Name.Equals("repopulse", StringComparison.OrdinalIgnoreCase));
}
