namespace RepoPulse.UnitTests.Configuration;

/// <summary>An unset variable must not open anything: <c>REPOPULSE__Api__Keys="$KEY"</c> is empty where <c>KEY</c> is not set.</summary>
public sealed class EmptyValuesTests : IDisposable
{
    private readonly SettingsFixture _fixture = new();

    [Theory]
    [InlineData("REPOPULSE__Api__Keys", "")]
    [InlineData("REPOPULSE__Api__Keys", "  ")]
    [InlineData("REPOPULSE__Api__Keys", " , ")]
    [InlineData("REPOPULSE__Api__Keys__0", "")]
    [InlineData("REPOPULSE__Api__KeysFile", "")]
    public void No_key_where_keys_are_named_is_an_error_that_says_how_to_have_none(string name, string value)
    {
        var fault = _fixture.WithVariable(name, value).Fault();

        Assert.Equal("Api:Keys", fault.Key);
        Assert.Contains("open the API", fault.Problem, StringComparison.Ordinal);
        Assert.Contains("[] for none", fault.Allowed, StringComparison.Ordinal);
        Assert.Equal($"the environment variable {name}", fault.Origin);
    }

    [Theory]
    [InlineData("""{"Api": {"Keys": ""}}""")]
    [InlineData("""{"Api": {"Keys": null}}""")]
    [InlineData("""{"Api": {"Keys": [""]}}""")]
    [InlineData("""{"Api": {"KeysFile": ""}}""")]
    public void So_it_is_in_a_file(string file) => Assert.Equal("Api:Keys", _fixture.WithFile(file).Fault().Key);

    [Fact]
    public void An_empty_variable_does_not_open_what_a_file_has_closed()
    {
        _fixture.WithFile("""{"Api": {"Keys": ["key"]}}""").WithVariable("REPOPULSE__Api__Keys", "");

        Assert.Equal("Api:Keys", _fixture.Fault().Key);
        Assert.Equal(["other"], _fixture.Settings("--Api:Keys=other").Api.Keys);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"Api": {"Keys": []}}""")]
    [InlineData("""{"api": {"keys": [ /* nobody */ ]}}""")]
    public void None_on_purpose_is_an_empty_array_or_no_key_at_all(string file) =>
        Assert.Empty(_fixture.WithFile(file).Settings().Api.Keys);

    [Fact]
    public void A_variable_says_none_as_an_array_does()
    {
        _fixture.WithFile("""{"Api": {"Keys": ["key"]}}""").WithVariable("REPOPULSE__Api__Keys", "[]");

        Assert.Empty(_fixture.Settings().Api.Keys);
    }

    [Theory]
    [InlineData("Api:RequestsPerMinute")]
    [InlineData("Api:PublicBadges")]
    [InlineData("Api:AllowedHosts")]
    [InlineData("Api:Urls")]
    [InlineData("Collector:Urls")]
    [InlineData("Aggregator:Urls")]
    [InlineData("Archiver:Urls")]
    [InlineData("Kafka:Security:Protocol")]
    public void Whatever_else_an_empty_value_would_open_is_an_error(string key) => Assert.Equal(key, _fixture.Fault($"--{key}=").Key);

    [Theory]
    [InlineData("Urls")]
    [InlineData("AllowedHosts")]
    public void Where_something_is_needed_an_empty_array_is_one_too(string key) =>
        Assert.Equal($"Api:{key}", _fixture.WithFile("{\"Api\": {\"" + key + "\": []}}").Fault().Key);

    [Theory]
    [InlineData("Webhooks:Secret")]
    [InlineData("Webhooks:SecretFile")]
    [InlineData("GitHub:Tokens")]
    [InlineData("Api:AllowedOrigins")]
    [InlineData("Api:TrustedProxies")]
    [InlineData("Tls:CertificateFile")]
    [InlineData("Kafka:Security:SaslPassword")]
    public void What_an_empty_value_closes_may_be_empty(string key) => _fixture.Settings($"--{key}=");

    [Fact]
    public void A_limit_is_switched_off_by_a_word()
    {
        _fixture.WithFile("""{"Api": {"RequestsPerMinute": 60}}""");

        Assert.Null(_fixture.Settings("--Api:RequestsPerMinute=none").Api.RequestsPerMinute);
    }

    public void Dispose() => _fixture.Dispose();
}
