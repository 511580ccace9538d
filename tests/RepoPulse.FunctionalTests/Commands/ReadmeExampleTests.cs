using System.Diagnostics;
using System.Net;
using RepoPulse.FunctionalTests.Processes;

namespace RepoPulse.FunctionalTests.Commands;

/// <summary>What the README tells a user to run.</summary>
public sealed class ReadmeExampleTests
{
    [Fact]
    public async Task The_Python_snippet_prints_every_series()
    {
        Assert.SkipUnless((Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, "python3"))), "There is no python3.");
        using var folder = new TemporaryFolder();
        var archive = folder.File("archive.json");
        await File.WriteAllTextAsync(archive, """
            {"id":"1","type":"PushEvent","repo":{"id":1,"name":"octo/pulse"},"payload":{},"created_at":"2026-01-01T00:00:00Z"}
            {"id":"2","type":"PushEvent","repo":{"id":1,"name":"octo/pulse"},"payload":{},"created_at":"2026-01-01T00:01:00Z"}
            {"id":"3","type":"ForkEvent","repo":{"id":1,"name":"octo/pulse"},"payload":{},"created_at":"2026-01-01T00:01:00Z"}
            """);
        string[] settings = ["--Collector:RetentionPeriod=forever", "--Statistics:WindowDuration=3650.00:00:00", folder.Database];
        Assert.Equal(0, (await RepoPulseProcess.RunAsync(["import", archive, .. settings])).ExitCode);
        await using var serve = RepoPulseProcess.Start(["serve", "--Api:Urls=http://127.0.0.1:0", .. settings]);
        var address = await serve.ListeningAsync();
        using var http = new HttpClient();
        await Eventually.GetAsync(
            async () =>
            {
                using var ready = await http.GetAsync(new Uri(address, "health/ready"));
                return ready.StatusCode;
            },
            status => status == HttpStatusCode.OK);

        var start = new ProcessStartInfo("python3", ["-c", Snippet()]) { RedirectStandardOutput = true, UseShellExecute = false };
        start.Environment["REPOPULSE_URL"] = address.GetLeftPart(UriPartial.Authority);
        using var python = Process.Start(start)!;
        var output = await python.StandardOutput.ReadToEndAsync();
        await python.WaitForExitAsync();

        Assert.Equal(["octo/pulse ForkEvent 1 None", "octo/pulse PushEvent 2 60"], output.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    private static string Snippet()
    {
        var root = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(root!.FullName, "RepoPulse.slnx")))
            root = root.Parent;
        var readme = File.ReadAllText(Path.Combine(root.FullName, "README.md"));
        return readme.Split("<!-- python-example -->")[1].Split("```python")[1].Split("```")[0];
    }
}
