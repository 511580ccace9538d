using Microsoft.Extensions.Diagnostics.HealthChecks;
using RepoPulse.Kafka;

namespace RepoPulse.UnitTests.Kafka;

public sealed class PartitionHealthCheckTests
{
    private readonly PartitionOwnership _share = new();

    [Theory]
    [InlineData(false, 0, 0, null, HealthStatus.Unhealthy)]
    [InlineData(true, 0, 0, null, HealthStatus.Healthy)]
    [InlineData(true, 2, 1, null, HealthStatus.Unhealthy)]
    [InlineData(true, 2, 2, null, HealthStatus.Healthy)]
    [InlineData(true, 2, 2, "No broker answers.", HealthStatus.Unhealthy)]
    public async Task Healthy_is_who_knows_what_it_has_and_has_read_all_of_it(
        bool isKnown, int assigned, int inStep, string? failure, HealthStatus status)
    {
        _share.Set(isKnown, assigned, inStep, failure);

        Assert.Equal(status, (await CheckAsync()).Status);
    }

    [Fact]
    public async Task At_first_it_is_not_and_says_what_it_waits_for()
    {
        var result = await CheckAsync();

        Assert.Equal(HealthStatus.Unhealthy, result.Status);
        Assert.Contains("which partitions", result.Description, StringComparison.Ordinal);
    }

    private Task<HealthCheckResult> CheckAsync() =>
        new PartitionHealthCheck(_share).CheckHealthAsync(new HealthCheckContext(), TestContext.Current.CancellationToken);
}
