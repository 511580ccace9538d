using CsCheck;
using RepoPulse.Statistics;

namespace RepoPulse.UnitTests.Statistics.Windows;

public sealed class SortedRingTests
{
    [Fact]
    public void Holds_what_a_sorted_list_holds_after_any_changes()
    {
        // -1 removes the first, -2 the last, and what is held is removed from its place; anything else is inserted at its own.
        Gen.Int[-2, 60].Array[0, 300].Sample(
            changes =>
            {
                var ring = new SortedRing();
                var expected = new List<WindowEntry>();
                foreach (var change in changes)
                {
                    var entry = new WindowEntry(change, 7);
                    if (change >= 0 && !expected.Contains(entry))
                    {
                        ring.Insert(~ring.Find(entry), entry);
                        expected.Add(entry);
                        expected.Sort();
                    }
                    else if (change >= 0)
                    {
                        ring.RemoveAt(ring.Find(entry));
                        expected.Remove(entry);
                    }
                    else if (change == -1 && expected.Count > 0)
                    {
                        ring.RemoveFirst(1);
                        expected.RemoveAt(0);
                    }
                    else if (change == -2 && expected.Count > 0)
                    {
                        ring.RemoveLast();
                        expected.RemoveAt(expected.Count - 1);
                    }

                    Assert.Equal(expected, Enumerable.Range(0, ring.Count).Select(i => ring[i]));
                    Assert.All(expected, e => Assert.Equal(expected.IndexOf(e), ring.Find(e)));
                }
            },
            iter: 500);
    }

    [Fact]
    public void Gives_memory_back_when_entries_leave()
    {
        var ring = new SortedRing();
        for (var i = 0; i < 500; i++)
            ring.Insert(i, new(i, i));
        Assert.Equal(512, ring.Capacity);

        ring.RemoveFirst(490);
        Assert.InRange(ring.Capacity, 10, 40);
        Assert.Equal(new WindowEntry(490, 490), ring[0]);

        ring.RemoveFirst(10);
        Assert.Equal(0, ring.Capacity);
    }

    [Fact]
    public void Orders_entries_of_one_time_by_id()
    {
        var ring = new SortedRing();
        ring.Insert(0, new(5, 2));
        Assert.Equal(~0, ring.Find(new(5, 1)));
        Assert.Equal(~1, ring.Find(new(5, 3)));
    }
}
