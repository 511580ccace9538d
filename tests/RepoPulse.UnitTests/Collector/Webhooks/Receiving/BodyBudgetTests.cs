using RepoPulse.Collector.Webhooks;

namespace RepoPulse.UnitTests.Collector.Webhooks.Receiving;

public sealed class BodyBudgetTests
{
    private const int Megabyte = 1 << 20;
    private const int Large = 25 * Megabyte;
    private const long Max = 64 * Megabyte;

    private readonly BodyMemoryBudget _budget = new(Max);

    [Fact]
    public void Memory_is_taken_for_what_has_arrived_and_not_for_what_a_header_promises()
    {
        using var body = _budget.Begin(Large);
        Assert.Equal(0, _budget.HeldBytes);

        Assert.True(body.TryAppend([1]));
        Assert.InRange(_budget.HeldBytes, 1, 4096);
    }

    [Fact]
    public void What_arrived_is_given_back_as_it_came_in_whatever_parts()
    {
        var random = new Random(15);
        foreach (var length in new[] { 0, 1, 4095, 4096, 4097, 100_000, Megabyte, Megabyte + 1, Large })
        {
            var sent = new byte[length];
            random.NextBytes(sent);
            using var body = _budget.Begin(null);
            for (var at = 0; at < length;)
            {
                var part = Math.Min(length - at, random.Next(1, 200_000));
                Assert.True(body.TryAppend(sent.AsSpan(at, part)));
                at += part;
            }

            var taken = body.Take();
            Assert.NotNull(taken);
            Assert.True(sent.AsSpan().SequenceEqual(taken.Value.Span), $"{length} bytes differ");
        }

        Assert.Equal(0, _budget.HeldBytes);
    }

    [Fact]
    public void The_largest_body_fits_into_the_least_budget()
    {
        var budget = new BodyMemoryBudget(WebhookOptions.LeastMaxBytesInFlight);
        using var body = budget.Begin(WebhookOptions.DefaultMaxBodyBytes);
        Assert.True(body.TryAppend(new byte[WebhookOptions.DefaultMaxBodyBytes]));
    }

    [Fact]
    public void Large_bodies_leave_room_for_small_ones()
    {
        using var first = Proven(Large);
        using var second = Proven(Large);
        using var third = _budget.Begin(Large);
        Assert.False(third.TryAppend(new byte[Large]));

        using var small = _budget.Begin(100_000);
        Assert.True(small.TryAppend(new byte[100_000]));
        Assert.False(first.IsEvicted || second.IsEvicted);
    }

    [Fact]
    public void The_oldest_unproven_body_makes_room_for_another()
    {
        var bodies = Enumerable.Range(0, 60).Select(_ => _budget.Begin(Large)).ToList();
        foreach (var part in Enumerable.Repeat(new byte[Megabyte], 20))
            bodies.ForEach(body => body.TryAppend(part));

        Assert.InRange(_budget.HeldBytes, 1, Max);
        // The newest are served, and those before them have lost their memory at once.
        Assert.Equal([.. Enumerable.Repeat(true, 58), false, false], bodies.Select(body => body.IsEvicted));
        Assert.All(bodies, body => Assert.Equal(body.IsEvicted, body.Evicted.IsCancellationRequested));
        Assert.Null(bodies[0].Take());
        Assert.Equal(20 * Megabyte, bodies[59].Take()!.Value.Length);

        bodies.ForEach(body => body.Dispose());
        Assert.Equal(0, _budget.HeldBytes);
    }

    [Fact]
    public void A_small_body_is_received_while_stalled_small_ones_hold_everything()
    {
        var stalled = Enumerable.Range(0, 200).Select(_ => _budget.Begin(Megabyte)).ToList();
        stalled.ForEach(body => body.TryAppend(new byte[Megabyte - 1]));

        using var ordinary = _budget.Begin(30_000);
        Assert.True(ordinary.TryAppend(new byte[30_000]));
        Assert.NotNull(ordinary.Take());
        stalled.ForEach(body => body.Dispose());
    }

    [Fact]
    public void A_proven_body_keeps_its_memory_and_a_large_one_takes_none_from_small_ones()
    {
        var small = Enumerable.Range(0, 63).Select(_ => _budget.Begin(Megabyte)).ToList();
        small.ForEach(body => Assert.True(body.TryAppend(new byte[Megabyte])));
        using var large = _budget.Begin(Large);

        Assert.False(large.TryAppend(new byte[2 * Megabyte]));
        Assert.DoesNotContain(small, body => body.IsEvicted);

        small.ForEach(body => Assert.NotNull(body.Take()));
        using var another = _budget.Begin(Megabyte);
        Assert.False(another.TryAppend(new byte[2 * Megabyte]));
        Assert.DoesNotContain(small, body => body.IsEvicted);
        small.ForEach(body => body.Dispose());
    }

    [Fact]
    public void A_body_of_unknown_length_counts_as_large_once_it_is()
    {
        using var proven = Proven(Large);
        using var chunked = _budget.Begin(null);
        Assert.True(chunked.TryAppend(new byte[Megabyte]));
        Assert.False(chunked.IsLarge);
        Assert.True(chunked.TryAppend(new byte[1]));
        Assert.True(chunked.IsLarge);

        Assert.False(chunked.TryAppend(new byte[40 * Megabyte]));
    }

    [Fact]
    public void Nothing_is_lost_or_counted_twice_whatever_comes_and_goes()
    {
        var random = new Random(151);
        var bodies = new List<ReceivedBody>();
        for (var i = 0; i < 3_000; i++)
        {
            switch (random.Next(6))
            {
                case 0 when bodies.Count < 100:
                    bodies.Add(_budget.Begin(random.Next(3) switch { 0 => null, 1 => Large, _ => 1000 }));
                    break;
                case 1 when bodies.Count > 0:
                    var gone = bodies[random.Next(bodies.Count)];
                    gone.Dispose();
                    bodies.Remove(gone);
                    break;
                case 2 when bodies.Count > 0 && random.Next(20) == 0:
                    var proven = bodies[random.Next(bodies.Count)];
                    _ = proven.Take();
                    proven.Dispose();
                    bodies.Remove(proven);
                    break;
                default:
                    if (bodies.Count > 0)
                        bodies[random.Next(bodies.Count)].TryAppend(new byte[random.Next(2 * Megabyte)]);
                    break;
            }

            Assert.InRange(_budget.HeldBytes, 0, Max);
            Assert.Equal(bodies.Sum(body => body.HeldBytes), _budget.HeldBytes);
        }

        bodies.ForEach(body => body.Dispose());
        Assert.Equal(0, _budget.HeldBytes);
    }

    private ReceivedBody Proven(int length)
    {
        var body = _budget.Begin(length);
        Assert.True(body.TryAppend(new byte[length]));
        Assert.NotNull(body.Take());
        return body;
    }
}
