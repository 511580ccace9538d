namespace RepoPulse.UnitTests.Core.Feeds;

public sealed class FeedAddressTests
{
    [Fact]
    public void Addresses_that_differ_in_case_are_the_same()
    {
        Assert.Equal(FeedAddress.OfRepository(RepositoryName.Parse("DotNet/Runtime")), FeedAddress.OfRepository(
            RepositoryName.Parse("dotnet/runtime")));
        Assert.Equal(FeedAddress.OfOrganization("DotNet"), FeedAddress.OfOrganization("dotnet"));
        Assert.NotEqual(FeedAddress.OfOrganization("dotnet"), FeedAddress.OfRepository(RepositoryName.Parse("dotnet/dotnet")));
    }

    [Theory]
    [InlineData("repos/dotnet/runtime", true)]
    [InlineData("orgs/dotnet", false)]
    public void An_address_survives_its_text(string text, bool isRepository)
    {
        Assert.True(FeedAddress.TryParse(text, out var feed));
        Assert.Equal(text, feed.ToString());
        Assert.Equal(isRepository, feed.IsRepository);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("dotnet/runtime")]
    [InlineData("repos/dotnet")]
    [InlineData("orgs/")]
    [InlineData("orgs/a/b")]
    public void What_is_no_address_is_refused(string? text) => Assert.False(FeedAddress.TryParse(text, out _));
}
