using System.IO.Compression;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using RepoPulse.Api;
using RepoPulse.UnitTests.Api.Support;

namespace RepoPulse.UnitTests.Dashboard;

public sealed class DashboardEndpointTests
{
    [Fact]
    public async Task The_page_is_open_and_its_data_is_not()
    {
        await using var server = await ApiServer.StartAsync(new ApiOptions { Keys = ["key"] });

        Assert.Contains("<title>RepoPulse</title>", await server.GetTextAsync("/"), StringComparison.Ordinal);
        Assert.Contains("/docs/scalar.js", await server.GetTextAsync("/docs"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Unauthorized, (await server.GetAsync("/api/v1/statistics")).StatusCode);
    }

    [Fact]
    public async Task Each_file_that_the_page_names_is_there_for_ever_and_the_page_is_asked_about_each_time()
    {
        await using var server = await ApiServer.StartAsync();
        using var page = await server.GetAsync("/");
        Assert.Equal("no-cache", page.Headers.CacheControl!.ToString());

        var assets = Regex
            .Matches(await server.GetTextAsync("/"), "\"(?<asset>/assets/[^\"]+)\"", RegexOptions.None, TimeSpan.FromSeconds(5))
            .Select(match => match.Groups["asset"].Value).ToList();

        Assert.Equal(2, assets.Count);
        foreach (var asset in assets)
        {
            using var answer = await server.GetAsync(asset);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            Assert.Contains("immutable", answer.Headers.CacheControl!.ToString(), StringComparison.Ordinal);
            Assert.Contains(answer.Content.Headers.ContentType!.MediaType, new[] { "text/javascript", "text/css" });
        }

        Assert.Equal(HttpStatusCode.NotFound, (await server.GetAsync("/assets/none.js")).StatusCode);
    }

    [Theory]
    [InlineData("br, gzip", "br")]
    [InlineData("gzip", "gzip")]
    [InlineData("br;q=0, gzip", "gzip")]
    [InlineData("zstd", null)]
    [InlineData(null, null)]
    public async Task A_file_goes_out_as_the_client_takes_it_under_a_tag_of_its_own(string? accepted, string? encoding)
    {
        await using var server = await ApiServer.StartAsync();
        var plain = Encoding.UTF8.GetBytes(await server.GetTextAsync("/"));
        (string, string)[] headers = accepted is null ? [] : [("Accept-Encoding", accepted)];

        using var answer = await server.GetAsync("/", headers);
        var body = await answer.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);

        Assert.Equal(encoding, answer.Content.Headers.ContentEncoding.SingleOrDefault());
        Assert.Contains("Accept-Encoding", answer.Headers.Vary);
        Assert.Equal(
            plain, encoding switch { "br" => Decode(new BrotliStream(new MemoryStream(body), CompressionMode.Decompress)), "gzip" =>
            Decode(new GZipStream(new MemoryStream(body), CompressionMode.Decompress)), _ => body });
        using var again = await server.GetAsync("/", [.. headers, ("If-None-Match", answer.Headers.ETag!.Tag)]);
        Assert.Equal(HttpStatusCode.NotModified, again.StatusCode);
        if (encoding is not null)
            Assert.Equal(HttpStatusCode.OK, (await server.GetAsync("/", ("If-None-Match", answer.Headers.ETag.Tag))).StatusCode);
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/theme.js")]
    [InlineData("/favicon.svg")]
    [InlineData("/docs")]
    [InlineData("/docs/start.js")]
    [InlineData("/docs/scalar.js")]
    public async Task Every_file_keeps_the_browser_to_this_server_and_answers_HEAD(string path)
    {
        await using var server = await ApiServer.StartAsync();

        using var answer = await server.SendAsync(HttpMethod.Head, path);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.True(answer.Content.Headers.ContentLength > 0);
        Assert.Equal("nosniff", Assert.Single(answer.Headers.GetValues("X-Content-Type-Options")));
        var policy = Assert.Single(answer.Headers.GetValues("Content-Security-Policy"));
        Assert.StartsWith("default-src 'none'; script-src 'self';", policy, StringComparison.Ordinal);
        Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("http", policy, StringComparison.Ordinal);
    }

    private static byte[] Decode(Stream stream)
    {
        using var plain = new MemoryStream();
        using (stream)
            stream.CopyTo(plain);
        return plain.ToArray();
    }
}
