using RepoPulse.Configuration;
using RepoPulse.Hosting;

namespace RepoPulse.UnitTests.Configuration;

public sealed class SettingsWarningsTests : IDisposable
{
    private const string Short = "fifteen-letters";
    private const string Long = "sixteen-letters-";

    private readonly SettingsFixture _fixture = new();

    [Fact]
    public void Short_keys_and_secrets_are_warned_of_and_not_shown()
    {
        var warnings = Of(Role.None, $"--Api:Keys={Short},{Long}", $"--Webhooks:Secret={Short}");

        Assert.Collection(
            warnings,
            warning => Assert.StartsWith("Api:Keys: 1 of 2 keys", warning, StringComparison.Ordinal),
            warning => Assert.StartsWith("Webhooks:Secret:", warning, StringComparison.Ordinal));
        Assert.DoesNotContain(warnings, warning => warning.Contains("letters", StringComparison.Ordinal));
    }

    [Fact]
    public void Long_ones_are_not() => Assert.Empty(Of(Role.None, $"--Api:Keys={Long}", $"--Webhooks:Secret={Long}"));

    [Theory]
    [InlineData("Serve", 1)]
    [InlineData("Collect", 1)]
    [InlineData("Run", 2)]
    [InlineData("Aggregate", 0)]
    public void A_role_warns_of_what_it_uses(string role, int warnings) =>
        Assert.Equal(warnings, Of(Enum.Parse<Role>(role), $"--Api:Keys={Short}", $"--Webhooks:Secret={Short}").Count);

    public void Dispose() => _fixture.Dispose();

    private List<string> Of(Role role, params string[] arguments) => [.. SettingsWarnings.Of(_fixture.Settings(arguments), role)];
}
