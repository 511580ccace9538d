using System.Text;
using RepoPulse.Kafka;

namespace RepoPulse.UnitTests.Kafka;

public sealed class Murmur2Tests
{
    /// <summary>The vectors of Kafka's own tests (UtilsTest.testMurmur2).</summary>
    [Theory]
    [InlineData("21", -973932308)]
    [InlineData("foobar", -790332482)]
    [InlineData("a-little-bit-long-string", -985981536)]
    [InlineData("a-little-bit-longer-string", -1486304829)]
    [InlineData("lkjh234lh9fiuh90y23oiuhsafujhadof229phr9h19h89h8", -58897971)]
    [InlineData("abc", 479470107)]
    public void It_is_the_hash_of_Kafkas_own_clients(string text, int expected) =>
        Assert.Equal(expected, (int)Murmur2.Hash(Encoding.UTF8.GetBytes(text)));

    [Fact]
    public void A_partition_is_the_hash_without_its_sign_over_their_number() =>
        Assert.Equal((-973932308 & 0x7fffffff) % 12, Murmur2.Partition("21"u8, 12));
}
