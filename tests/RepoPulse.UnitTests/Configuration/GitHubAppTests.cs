using RepoPulse.UnitTests.GitHub.App;

namespace RepoPulse.UnitTests.Configuration;

public sealed class GitHubAppTests : IDisposable
{
    private readonly SettingsFixture _fixture = new();

    public GitHubAppTests() => _fixture.WithFile(SomeApp.Pkcs1, "app.pem");

    [Fact]
    public void All_three_keys_make_an_App_beside_tokens_or_alone()
    {
        var settings =
            _fixture.Settings("--GitHub:App:Id=12345", "--GitHub:App:InstallationId=678", "--GitHub:App:PrivateKeyFile=app.pem");

        Assert.Equal(("12345", 678L), (settings.GitHub.App!.Id, settings.GitHub.App.InstallationId));
        Assert.False(settings.IsAnonymous);
        Assert.Null(_fixture.Settings().GitHub.App);
        Assert.True(_fixture.Settings().IsAnonymous);
        Assert.False(_fixture.Settings("--GitHub:Tokens=t").IsAnonymous);
    }

    [Theory]
    [InlineData("GitHub:App:Id", "GitHub:App:InstallationId=678", "GitHub:App:PrivateKeyFile=app.pem")]
    [InlineData("GitHub:App:InstallationId", "GitHub:App:Id=12345", "GitHub:App:PrivateKeyFile=app.pem")]
    [InlineData("GitHub:App:PrivateKeyFile", "GitHub:App:Id=12345", "GitHub:App:InstallationId=678")]
    public void One_that_is_missing_is_named(string missing, string first, string second)
    {
        var fault = _fixture.Fault($"--{first}", $"--{second}");

        Assert.Equal(missing, fault.Key);
        Assert.StartsWith($"is missing: it goes together with {first.Split('=')[0]}", fault.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Two_that_are_missing_are_two_faults()
        => Assert.Equal(["GitHub:App:InstallationId", "GitHub:App:PrivateKeyFile"], _fixture.Load("--GitHub:App:Id=12345").Faults.Select(
            fault => fault.Key));

    [Theory]
    [InlineData("missing.pem", "does not exist")]
    [InlineData(".", "cannot be read")]
    [InlineData("public.pem", "holds no RSA private key in PEM form")]
    [InlineData("empty.pem", "is an empty file")]
    public void A_key_that_cannot_be_used_is_a_fault_that_says_why(string file, string problem)
    {
        _fixture.WithFile(SomeApp.PublicKey, "public.pem").WithFile("\n", "empty.pem");

        var fault = _fixture.Fault("--GitHub:App:Id=12345", "--GitHub:App:InstallationId=678", $"--GitHub:App:PrivateKeyFile={file}");

        Assert.Equal("GitHub:App:PrivateKeyFile", fault.Key);
        Assert.StartsWith(problem, fault.Problem, StringComparison.Ordinal);
        Assert.Contains("PEM", fault.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("BEGIN", fault.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("GitHub:App:Id", "12 345")]
    [InlineData("GitHub:App:InstallationId", "0")]
    [InlineData("GitHub:App:InstallationId", "abc")]
    [InlineData("GitHub:App:InstallationId", "99999999999999999999")]
    public void An_id_that_cannot_be_is_a_fault(string key, string value)
    {
        string[] others = [.. new[] { "GitHub:App:Id=12345", "GitHub:App:InstallationId=678", "GitHub:App:PrivateKeyFile=app.pem" }.Where(
            other => !other.StartsWith(key, StringComparison.Ordinal))];

        var fault = _fixture.Fault([.. others.Select(other => $"--{other}"), $"--{key}={value}"]);

        Assert.Equal((key, value), (fault.Key, fault.Value));
    }

    [Fact]
    public void A_client_id_stands_in_place_of_the_Apps_number()
        => Assert.Equal(
            "Iv23liABCdef",
            _fixture.Settings("--GitHub:App:Id=Iv23liABCdef", "--GitHub:App:InstallationId=678", "--GitHub:App:PrivateKeyFile=app.pem").GitHub.App!.Id);

    public void Dispose() => _fixture.Dispose();
}
