using RepoPulse.Commands.Export;

namespace RepoPulse.UnitTests.Commands.Export;

public sealed class ExportFileTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("repopulse-test-");

    private string File => Path.Combine(_folder.FullName, "events.json");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task A_file_bears_its_name_only_once_it_is_whole()
    {
        await System.IO.File.WriteAllTextAsync(File, "former", TestContext.Current.CancellationToken);
        await using (var file = ExportFile.Create(File))
        {
            await file.Stream.WriteAsync("new"u8.ToArray(), TestContext.Current.CancellationToken);
            await file.Stream.FlushAsync(TestContext.Current.CancellationToken);
            Assert.Equal("former", await System.IO.File.ReadAllTextAsync(File, TestContext.Current.CancellationToken));
            await file.CompleteAsync();
        }

        Assert.Equal("new", await System.IO.File.ReadAllTextAsync(File, TestContext.Current.CancellationToken));
        Assert.Single(_folder.GetFiles());
    }

    [Fact]
    public async Task What_was_not_completed_leaves_nothing()
    {
        await using (var file = ExportFile.Create(File))
            await file.Stream.WriteAsync("half"u8.ToArray(), TestContext.Current.CancellationToken);

        Assert.Empty(_folder.GetFiles());
    }

    [Fact]
    public async Task A_device_is_written_and_stays_one()
    {
        await using (var file = ExportFile.Create("/dev/null"))
        {
            await file.Stream.WriteAsync("gone"u8.ToArray(), TestContext.Current.CancellationToken);
            await file.CompleteAsync();
        }

        Assert.Empty(await System.IO.File.ReadAllBytesAsync("/dev/null", TestContext.Current.CancellationToken));
    }
}
