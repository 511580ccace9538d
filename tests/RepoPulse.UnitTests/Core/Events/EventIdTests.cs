using CsCheck;

namespace RepoPulse.UnitTests.Core.Events;

public sealed class EventIdTests
{
    [Fact]
    public void Ids_of_different_origin_are_never_equal()
        => Gen.Select(Gen.Long[0, long.MaxValue], Gen.ULong).Sample((number, hash) =>
        {
            EventId[] ids = [EventId.FromGitHub(number), EventId.FromTimeline(hash), EventId.FromWebhook(hash)];
            Assert.Equal(3, ids.Distinct().Count());
            Assert.Equal([false, true, true], ids.Select(id => id.IsDerived));
            Assert.Equal([false, false, true], ids.Select(id => id.IsWebhook));
        });

    [Fact]
    public void Every_id_survives_its_text_and_its_stored_value()
        => Gen.Select(Gen.Long[0, long.MaxValue], Gen.ULong).Sample((number, hash) =>
        {
            foreach (var id in new[] { EventId.FromGitHub(number), EventId.FromTimeline(hash), EventId.FromWebhook(hash) })
            {
                Assert.True(EventId.TryParse(id.ToString(), out var parsed));
                Assert.Equal(id, parsed);
                Assert.Equal(id, EventId.FromValue(id.Value));
            }
        });

    [Theory]
    [InlineData("")]
    [InlineData("-1")]
    [InlineData("+1")]
    [InlineData("1e3")]
    [InlineData("9223372036854775808")]
    [InlineData("timeline-")]
    [InlineData("timeline-xyz")]
    [InlineData("webhook-ffffffffffffffff")]
    public void What_is_no_id_is_refused(string text) => Assert.False(EventId.TryParse(text, out _));

    [Fact]
    public void A_negative_number_is_none_of_GitHubs() => Assert.Throws<ArgumentOutOfRangeException>(() => EventId.FromGitHub(-1));
}
