using System.Net;
using RepoPulse.UnitTests.Commands.Stats;

namespace RepoPulse.UnitTests.Commands.Check;

public sealed class HealthQuestionTests : IDisposable
{
    private const string Ready = "http://127.0.0.1:8080/health/ready";

    private readonly CommandLineFixture _fixture = new();

    private string Error => _fixture.Error.ToString();

    [Fact]
    public async Task A_service_that_is_ready_ends_with_0()
    {
        Answer(
            HttpStatusCode.OK,
            """{"status":"degraded","checks":[{"name":"aggregator","status":"healthy","detail":null},{"name":"collector","status":"degraded","detail":"Slow."}]}""");

        Assert.Equal(0, await _fixture.InvokeAsync("check", "--health", Ready));

        Assert.Equal($"ok     {Ready}: 200; collector is degraded: Slow.", _fixture.Out.ToString().TrimEnd());
        Assert.Null(_fixture.Handlers.Called);
    }

    [Fact]
    public async Task One_that_is_not_ends_with_1_and_why()
    {
        Answer(
            HttpStatusCode.ServiceUnavailable,
            """{"status":"unhealthy","checks":[{"name":"catalog","status":"unhealthy","detail":"Not yet."}]}""");

        Assert.Equal(1, await _fixture.InvokeAsync("check", "--health", Ready));

        Assert.Equal($"FAILED {Ready}: 503; catalog is unhealthy: Not yet.", Error.TrimEnd());
    }

    [Theory]
    [InlineData("<html>")]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("""{"checks":{}}""")]
    [InlineData("""{"checks":[1]}""")]
    [InlineData("""{"\ud800":1}""")]
    [InlineData("""{"checks":[{"status":"unhealthy","detail":"\ud800"}]}""")]
    public async Task What_some_other_server_says_is_passed_over(string body)
    {
        Answer(HttpStatusCode.NotFound, body);

        Assert.Equal(1, await _fixture.InvokeAsync("check", "--health", Ready));

        Assert.StartsWith($"FAILED {Ready}: 404", Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_service_that_is_not_there_ends_with_1()
    {
        _fixture.HttpHandler = () => new StubServer(_ => throw new HttpRequestException("Connection refused"));

        Assert.Equal(1, await _fixture.InvokeAsync("check", "--health", Ready));

        Assert.Equal($"repopulse: {Ready} cannot be reached: Connection refused", Error.TrimEnd());
    }

    [Fact]
    public async Task The_configuration_may_be_wrong_meanwhile()
    {
        Answer(HttpStatusCode.OK, "{}");
        _fixture.Settings.WithFile("no JSON");

        Assert.Equal(0, await _fixture.InvokeAsync("check", "--health", Ready));
    }

    [Fact]
    public async Task An_address_that_is_none_is_a_fault_of_usage()
    {
        Assert.Equal(2, await _fixture.InvokeAsync("check", "--health", "localhost"));

        Assert.Contains("--health", Error, StringComparison.Ordinal);
    }

    public void Dispose() => _fixture.Dispose();

    private void Answer(HttpStatusCode status, string body) => _fixture.HttpHandler = () => new StubServer(_ => (status, body));
}
