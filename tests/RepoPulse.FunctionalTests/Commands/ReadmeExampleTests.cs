using RepoPulse.FunctionalTests.Processes;
using RepoPulse.FunctionalTests.Telemetry;
using RepoPulse.TestServers;

namespace RepoPulse.FunctionalTests.Commands;

/// <summary>What the README has a user run.</summary>
public sealed class ReadmeExampleTests : IAsyncLifetime
{
    private static readonly string[] Series = ["octo/pulse ForkEvent 1", "octo/pulse PushEvent 2 60"];

    private readonly TemporaryFolder _folder = new();
    private RunningService? _serve;

    private string Address => $"http://{_serve!.Authority}";

    public async ValueTask InitializeAsync()
    {
        var archive = _folder.File("archive.json");
        await File.WriteAllTextAsync(archive, """
            {"id":"1","type":"PushEvent","repo":{"id":1,"name":"octo/pulse"},"payload":{},"created_at":"2026-01-01T00:00:00Z"}
            {"id":"2","type":"PushEvent","repo":{"id":1,"name":"octo/pulse"},"payload":{},"created_at":"2026-01-01T00:01:00Z"}
            {"id":"3","type":"ForkEvent","repo":{"id":1,"name":"octo/pulse"},"payload":{},"created_at":"2026-01-01T00:01:00Z"}
            """);
        Assert.Equal(0, (await RepoPulseProcess.RunAsync("import", archive, ImportedDatabases.Forever, _folder.Database)).ExitCode);
        _serve = await RunningService.StartAsync("serve", _folder.Database);
    }

    public async ValueTask DisposeAsync()
    {
        if (_serve is not null)
            await _serve.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task The_Python_snippet_prints_every_series()
    {
        var (status, output) = await ForeignProgram.RunAsync(
            Path.GetTempPath(), "python3", ["-c", Readme.Snippet("python")], ("REPOPULSE_URL", Address));

        Assert.True(status == 0, output);
        Assert.Equal([Series[0] + " None", Series[1]], output.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public async Task A_client_in_CSharp_that_a_standard_generator_makes_of_the_OpenAPI_document_prints_every_series()
    {
        (string, string)[] quiet = [("KIOTA_OFFLINE_ENABLED", "true"), ("DOTNET_NOLOGO", "true"), ("DOTNET_CLI_TELEMETRY_OPTOUT", "true")];
        var (restored, said) = await ForeignProgram.RunAsync(ForeignProgram.RepositoryRoot, "dotnet", ["tool", "restore"], quiet);
        if (restored != 0)
            Requirement.IsMissing($"The generator cannot be had: {said}");

        var project = Directory.CreateDirectory(_folder.File("pulse")).FullName;
        await File.WriteAllTextAsync(Path.Combine(project, "Program.cs"), Readme.Snippet("csharp"));
        var packages = Line("for part in ").Split(';')[0]
            .Split(' ')
            .Skip(3)
            .Select(part => $"""<PackageReference Include="Microsoft.Kiota.{part}" Version="2.1.6" />""");
        await File.WriteAllTextAsync(Path.Combine(project, "pulse.csproj"), $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFramework>net10.0</TargetFramework>
                <ImplicitUsings>enable</ImplicitUsings>
                <Nullable>enable</Nullable>
              </PropertyGroup>
              <ItemGroup>
                {string.Concat(packages)}
              </ItemGroup>
            </Project>
            """);
        var generate = Line("kiota ")
            .Replace("http://127.0.0.1:8080", Address, StringComparison.Ordinal)
            .Replace("--output Client", $"--output {Path.Combine(project, "Client")}", StringComparison.Ordinal);
        var (generated, log) = await ForeignProgram.RunAsync(
            ForeignProgram.RepositoryRoot, "dotnet", ["tool", "run", .. generate.Split(' ', StringSplitOptions.RemoveEmptyEntries)], quiet);
        Assert.True(generated == 0, log);

        var (status, output) = await ForeignProgram.RunAsync(
            project, "dotnet", ["run"], [.. quiet, ("REPOPULSE_URL", Address)]);

        Assert.True(status == 0, output);
        Assert.Equal([Series[0], Series[1]], output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
    }

    private static string Line(string beginning) =>
        Readme.Snippet("kiota").Split('\n').Single(line => line.StartsWith(beginning, StringComparison.Ordinal));
}
