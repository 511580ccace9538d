using CsCheck;
using RepoPulse.Core.Evidence;

namespace RepoPulse.UnitTests.Core.Evidence;

public sealed class PushChainTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Pushes_that_follow_one_another_are_links()
    {
        var chain = Chain((1, 10, 11), (2, 11, 12), (3, 12, 13));

        Assert.Equal(2, chain.Links);
        Assert.Empty(chain.FindBreaks());
    }

    [Fact]
    public void A_push_that_is_missing_breaks_the_chain_between_its_neighbours()
    {
        var chain = Chain((1, 10, 11), (2, 11, 12), (4, 13, 14), (5, 14, 15));

        Assert.Equal(2, chain.Links);
        Assert.Equal([new TimeStretch(Noon.AddMinutes(2), Noon.AddMinutes(4))], chain.FindBreaks());
    }

    [Fact]
    public void Two_pushes_of_one_second_are_in_no_order_and_one_push_alone_is_no_break()
    {
        Assert.Empty(Chain((1, 10, 11)).FindBreaks());
        Assert.Empty(Chain((1, 11, 12), (1, 10, 11)).FindBreaks());
    }

    [Fact]
    public void A_forced_push_back_and_forth_is_no_break()
    {
        var chain = Chain((1, 10, 11), (2, 11, 10), (3, 10, 11), (4, 11, 12));

        Assert.Equal(3, chain.Links);
        Assert.Empty(chain.FindBreaks());
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    public void A_ref_that_was_deleted_or_created_between_begins_a_new_chain(int at)
    {
        var chain = Chain((1, 10, 11), (4, 20, 21));
        Assert.Single(chain.FindBreaks());
        chain.Add(Noon.AddMinutes(at), Restart());

        Assert.Empty(chain.FindBreaks());
    }

    [Fact]
    public void A_push_that_makes_or_removes_the_ref_has_no_neighbour_there()
    {
        var chain = Chain((1, 0, 11), (2, 11, 12), (3, 12, 0), (5, 0, 20), (6, 20, 21));

        Assert.Equal(3, chain.Links);
        Assert.Empty(chain.FindBreaks());
    }

    /// <summary>
    /// Of a chain of distinct commits, each run of missing pushes within it is one break, in whichever order the rest arrives.
    /// </summary>
    [Fact]
    public void Each_hole_is_one_break_whatever_the_order_of_arrival() => Gen.Select(Gen.Bool.Array[2, 40], Gen.Int).Sample((held, seed) =>
    {
        var pushes = Enumerable.Range(0, held.Length).Where(i => held[i]).ToArray();
        var expected = pushes.Zip(pushes.Skip(1)).Where(pair => pair.Second > pair.First + 1)
            .Select(pair => new TimeStretch(Noon.AddMinutes(pair.First), Noon.AddMinutes(pair.Second)));
        var random = new Random(seed);
        var chain = Chain([.. pushes.OrderBy(_ => random.Next()).Select(i => (i, i + 1, i + 2))]);

        Assert.Equal(expected, chain.FindBreaks());
        Assert.Equal(pushes.Zip(pushes.Skip(1)).Count(pair => pair.Second == pair.First + 1), chain.Links);
    });

    private static PushChain Chain(params (int At, int Before, int Head)[] pushes)
    {
        var chain = new PushChain();
        foreach (var (at, before, head) in pushes)
        {
            // The first 16 digits count.
            chain.Add(
                Noon.AddMinutes(at),
                Read("PushEvent", $$"""{"ref":"refs/heads/main","before":"{{before:x16}}00","head":"{{head:x16}}00"}"""));
        }

        return chain;
    }

    private static EventEvidence Restart() => Read("DeleteEvent", """{"ref":"main","ref_type":"branch"}""");

    private static EventEvidence Read(string type, string payload)
    {
        Assert.True(EventEvidence.TryRead(EvidenceEvents.Event(1, Noon, type, payload), out var evidence));
        return evidence;
    }
}
