using System.IO.Compression;
using System.Net;
using System.Text;
using RepoPulse.UnitTests.Api.Support;

namespace RepoPulse.UnitTests.Api.Endpoints;

public sealed class ContentCodingTests
{
    /// <summary>The only response that is long without anything watched.</summary>
    private const string Long = "/openapi/v1.json";

    [Theory]
    [InlineData("br, gzip", "br")]
    [InlineData("gzip, br", "br")]
    [InlineData("br;q=0, gzip", "gzip")]
    [InlineData("zstd", null)]
    [InlineData(null, null)]
    public async Task A_long_answer_goes_out_as_the_client_takes_it_under_a_tag_of_its_own(string? accepted, string? coding)
    {
        await using var server = await ApiServer.StartAsync();
        using var plain = await server.GetAsync(Long);
        (string, string)[] headers = accepted is null ? [] : [("Accept-Encoding", accepted)];

        using var answer = await server.GetAsync(Long, headers);

        Assert.Equal(coding, answer.Content.Headers.ContentEncoding.SingleOrDefault());
        Assert.Equal(["Accept-Encoding"], answer.Headers.Vary);
        Assert.Equal(await ReadAsync(plain, null), await ReadAsync(answer, coding));
        Assert.False(answer.Headers.ETag!.IsWeak);
        Assert.Equal(coding is null, answer.Headers.ETag.Tag == plain.Headers.ETag!.Tag);

        using var again = await server.GetAsync(Long, [.. headers, ("If-None-Match", answer.Headers.ETag.Tag)]);
        Assert.Equal(HttpStatusCode.NotModified, again.StatusCode);
        Assert.Equal(answer.Headers.ETag, again.Headers.ETag);
        Assert.Empty(again.Content.Headers.ContentEncoding);
        if (coding is not null)
            Assert.Equal(HttpStatusCode.OK, (await server.GetAsync(Long, ("If-None-Match", answer.Headers.ETag.Tag))).StatusCode);
    }

    [Fact]
    public async Task A_list_that_is_put_together_of_slices_is_whole_when_it_is_decoded()
    {
        await using var server = await ApiServer.StartAsync();
        await server.Catalog.PutAsync([.. Enumerable.Range(1, 50).Select(i => Some.Repository(i, $"octo/r{i}"))]);

        using var answer = await server.GetAsync("/api/v1/statistics", ("Accept-Encoding", "br"));

        Assert.Equal("br", Assert.Single(answer.Content.Headers.ContentEncoding));
        Assert.Equal(await server.GetTextAsync("/api/v1/statistics"), Encoding.UTF8.GetString(await ReadAsync(answer, "br")));
    }

    [Fact]
    public async Task A_short_answer_goes_out_as_it_is_and_HEAD_says_what_GET_would()
    {
        await using var server = await ApiServer.StartAsync();

        using var list = await server.GetAsync("/api/v1/repositories", ("Accept-Encoding", "br"));
        Assert.Empty(list.Content.Headers.ContentEncoding);
        Assert.Contains("Accept-Encoding", list.Headers.Vary);

        using var get = await server.GetAsync(Long, ("Accept-Encoding", "br"));
        using var head = await server.SendAsync(HttpMethod.Head, Long, ("Accept-Encoding", "br"));
        Assert.Equal("br", Assert.Single(head.Content.Headers.ContentEncoding));
        Assert.Equal(get.Headers.ETag, head.Headers.ETag);
        Assert.Empty(await head.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/api/v1/repositories")]
    [InlineData("/api/v1/repositories?limit=0")]
    [InlineData("/api/v1/repositories/no/such/badge.svg")]
    [InlineData("/health/live")]
    [InlineData("/nothing")]
    public async Task Every_answer_is_taken_for_what_it_says_it_is(string path)
    {
        await using var server = await ApiServer.StartAsync();

        using var answer = await server.GetAsync(path);

        Assert.Equal("nosniff", Assert.Single(answer.Headers.GetValues("X-Content-Type-Options")));
        Assert.Equal("no-referrer", Assert.Single(answer.Headers.GetValues("Referrer-Policy")));
    }

    private static async Task<byte[]> ReadAsync(HttpResponseMessage answer, string? coding)
    {
        await using var content = await answer.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken);
        await using Stream decoded = coding switch
        {
            "br" => new BrotliStream(content, CompressionMode.Decompress),
            "gzip" => new GZipStream(content, CompressionMode.Decompress),
            _ => content,
        };
        using var plain = new MemoryStream();
        await decoded.CopyToAsync(plain, TestContext.Current.CancellationToken);
        return plain.ToArray();
    }
}
