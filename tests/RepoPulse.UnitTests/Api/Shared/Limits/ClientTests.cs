using System.Net;
using RepoPulse.Api;

namespace RepoPulse.UnitTests.Api.Shared.Limits;

public sealed class ClientTests
{
    [Theory]
    [InlineData("192.0.2.1", "192.0.2.1", true)]
    [InlineData("192.0.2.1", "::ffff:192.0.2.1", true)]
    [InlineData("192.0.2.1", "192.0.2.2", false)]
    [InlineData("::ffff:192.0.2.1", "::ffff:192.0.2.2", false)]
    [InlineData("2001:db8::1", "2001:db8::ffff:ffff:ffff:ffff", true)]
    [InlineData("2001:db8::1", "2001:db8:0:1::1", false)]
    [InlineData("::1", "127.0.0.1", false)]
    public void An_address_is_a_client_and_so_is_a_network_of_the_sixth_version(string one, string other, bool same) =>
        Assert.Equal(same, Client.Of(-1, IPAddress.Parse(one)) == Client.Of(-1, IPAddress.Parse(other)));

    [Fact]
    public void Who_has_a_key_is_one_client_wherever_it_asks_from()
    {
        Assert.Equal(Client.Of(0, IPAddress.Parse("192.0.2.1")), Client.Of(0, IPAddress.Parse("192.0.2.2")));
        Assert.NotEqual(Client.Of(0, IPAddress.Parse("192.0.2.1")), Client.Of(1, IPAddress.Parse("192.0.2.1")));
        Assert.NotEqual(Client.Of(0, null), Client.Of(-1, null));
    }
}
