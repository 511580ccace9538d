using System.Diagnostics.Metrics;

namespace RepoPulse.UnitTests;

/// <summary>Meters that nobody listens to.</summary>
internal sealed class TestMeterFactory : IMeterFactory
{
    public Meter Create(MeterOptions options) => new(options);

    public void Dispose()
    {
    }
}
