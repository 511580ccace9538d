using System.Text;
using RepoPulse.Commands.Export;

namespace RepoPulse.UnitTests.Commands.Export;

public sealed class CsvExportTests
{
    [Theory]
    [InlineData("=HYPERLINK(1)")]
    [InlineData("+1")]
    [InlineData("-1")]
    [InlineData("@SUM(A1)")]
    public async Task A_cell_that_a_spreadsheet_would_take_for_a_formula_begins_with_a_quote_unless_raw(string login)
    {
        Assert.Contains($",'{login},", await ExportAsync(login, isRaw: false), StringComparison.Ordinal);
        Assert.Contains($",{login},", await ExportAsync(login, isRaw: true), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\\t1", "\t1")]
    [InlineData("\\r1", "\r1")]
    public async Task A_cell_that_begins_with_a_control_character_is_no_formula_either(string escaped, string login) =>
        Assert.Contains("'" + login, await ExportAsync(escaped, isRaw: false), StringComparison.Ordinal);

    [Fact]
    public async Task Other_cells_are_left_as_they_are() =>
        Assert.Contains(",octo-cat,", await ExportAsync("octo-cat", isRaw: false), StringComparison.Ordinal);

    private static async Task<string> ExportAsync(string login, bool isRaw)
    {
        using var stream = new MemoryStream();
        await using var export = await CsvExport.CreateAsync(stream, isRaw, TestContext.Current.CancellationToken);
        var json =
            $$"""{"id":"1","type":"PushEvent","actor":{"id":2,"login":"{{login}}"},"repo":{"id":3,"name":"a/b"},"payload":{},"public":true,"created_at":"2026-11-23T07:00:00Z"}""";
        await export.WriteAsync(
            new GitHubEvent
            {
                Key = new EventKey(EventId.FromGitHub(1), new DateTimeOffset(2026, 11, 23, 7, 0, 0, TimeSpan.Zero)),
                Type = EventType.Parse("PushEvent"),
                RepositoryId = new RepositoryId(3),
                Repository = RepositoryName.Parse("a/b"),
                Json = Encoding.UTF8.GetBytes(json),
            },
            TestContext.Current.CancellationToken);
        await export.CompleteAsync(TestContext.Current.CancellationToken);
        return Encoding.UTF8.GetString(stream.ToArray());
    }
}
