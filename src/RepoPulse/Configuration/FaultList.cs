using System.Collections;

namespace RepoPulse.Configuration;

/// <summary>Gathers faults, so that all are told at once.</summary>
internal sealed class FaultList : IReadOnlyList<ConfigurationFault>
{
    private readonly List<ConfigurationFault> _faults = [];

    public int Count => _faults.Count;

    public ConfigurationFault this[int index] => _faults[index];

    public void Add(ConfigurationFault fault) => _faults.Add(fault);

    public void AddRange(IEnumerable<ConfigurationFault> faults) => _faults.AddRange(faults);

    public IEnumerator<ConfigurationFault> GetEnumerator() => _faults.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
