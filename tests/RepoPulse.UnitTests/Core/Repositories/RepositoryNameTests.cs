namespace RepoPulse.UnitTests.Core.Repositories;

public sealed class RepositoryNameTests
{
    [Theory]
    [InlineData("dotnet/runtime", "dotnet", "runtime")]
    [InlineData("a/b", "a", "b")]
    [InlineData("octo-cat/.github", "octo-cat", ".github")]
    [InlineData("Some_Bot/x.y-z_1", "Some_Bot", "x.y-z_1")]
    public void A_name_has_an_owner_and_a_name(string text, string owner, string name)
    {
        Assert.True(RepositoryName.TryParse(text, out var parsed));
        Assert.Equal(text, parsed.FullName);
        Assert.Equal(owner, parsed.Owner.ToString());
        Assert.Equal(name, parsed.Name.ToString());
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("/")]
    [InlineData("dotnet")]
    [InlineData("dotnet/")]
    [InlineData("/runtime")]
    [InlineData("a/b/c")]
    [InlineData("a/..")]
    [InlineData("a/.")]
    [InlineData("a b/c")]
    [InlineData("ä/b")]
    public void What_is_no_name_is_refused(string? text) => Assert.False(RepositoryName.TryParse(text, out _));

    [Fact]
    public void Names_match_without_regard_to_case_and_keep_the_case_they_came_in()
    {
        var a = RepositoryName.Parse("DotNet/Runtime");
        var b = RepositoryName.Parse("dotnet/runtime");

        Assert.Equal(a, b);
        Assert.Equal(a.GetHashCode(), b.GetHashCode());
        Assert.Equal(0, a.CompareTo(b));
        Assert.Equal("DotNet/Runtime", a.ToString());
    }

    [Fact]
    public void The_message_of_a_refusal_names_the_text_and_what_is_allowed()
    {
        var refusal = Assert.Throws<FormatException>(() => RepositoryName.Parse("dotnet"));

        Assert.Contains("'dotnet'", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("owner/name", refusal.Message, StringComparison.Ordinal);
    }
}
