using RepoPulse.Api.View;

namespace RepoPulse.UnitTests.Api.View;

public sealed class VisibilityRulesTests
{
    [Theory]
    [InlineData("*", "a/x a/y b/x")]
    [InlineData("a/x", "a/x")]
    [InlineData("A/X", "a/x")]
    [InlineData("a/*", "a/x a/y")]
    [InlineData("a/* b/x", "a/x a/y b/x")]
    [InlineData("* !a/x", "a/y b/x")]
    [InlineData("!a/x *", "a/y b/x")]
    [InlineData("* !A/*", "b/x")]
    [InlineData("a/* !a/y", "a/x")]
    [InlineData("a/x !a/*", "")]
    [InlineData("!a/*", "b/x")]
    [InlineData("", "")]
    public void Patterns_show_what_they_name_less_what_they_leave_out(string patterns, string expected)
    {
        var rules = new VisibilityRules(patterns.Split(' ', StringSplitOptions.RemoveEmptyEntries));

        Assert.Equal(
            expected.Split(' ', StringSplitOptions.RemoveEmptyEntries),
            new[] { "a/x", "a/y", "b/x" }.Where(name => rules.Shows(RepositoryName.Parse(name))));
    }

    [Theory]
    [InlineData("")]
    [InlineData("!")]
    [InlineData("!*")]
    [InlineData("octo")]
    [InlineData("*/x")]
    [InlineData("*/*")]
    [InlineData("octo/")]
    [InlineData("octo/x*")]
    [InlineData("!!octo/x")]
    [InlineData("octo/*/x")]
    [InlineData(" octo/x")]
    public void What_is_no_pattern_is_refused(string pattern)
    {
        Assert.False(VisibilityRules.IsPattern(pattern));
        Assert.Throws<FormatException>(() => new VisibilityRules([pattern]));
    }
}
