using RepoPulse.FunctionalTests.Processes;

namespace RepoPulse.FunctionalTests.Deployments;

/// <summary>Processes that share one store.</summary>
internal sealed class ProcessDeployment(IStore store, params string[] commands) : IDeployment
{
    public ProcessDeployment(params string[] commands)
        : this(new SqliteStore(), commands)
    {
    }

    public IStore Store => store;

    public IReadOnlyList<Service> Services { get; } = [.. commands.Select((command, i) => new Service(command, $"{command}-{i + 1}"))];

    public IReadOnlyList<Uri> Collectors => [.. Services.Where(service => service.Collects).Select(service => service.Address)];

    public IReadOnlyList<Uri> Apis => [.. Services.Where(service => service.Serves).Select(service => service.Address)];

    public Task StartAsync(params string[] settings) => StartAsync(_ => settings);

    /// <summary>As <see cref="StartAsync(string[])"/>, where each has options of its own.</summary>
    public async Task StartAsync(Func<Service, IEnumerable<string>> settings)
    {
        var starts = new List<(Service Service, string[] Settings)>();
        foreach (var service in Services.Where(service => !service.IsRunning))
            starts.Add((service, [.. await store.SettingsAsync(service.Command), .. settings(service)]));

        // All at once: they must not mind that the store is made under their hands.
        await Task.WhenAll(starts.Select(start => start.Service.StartAsync(start.Settings)));
    }

    public async Task RunAsync(params string[] arguments)
    {
        var (exitCode, _, errors) = await RepoPulseProcess.RunAsync([.. arguments, .. await store.SettingsAsync(arguments[0])]);
        Assert.True(exitCode == 0, errors);
    }

    public async Task KillAsync()
    {
        foreach (var service in Services)
            await service.KillAsync();
    }

    public async Task<IReadOnlyList<int>> StopAsync()
    {
        foreach (var service in Services)
            await service.AskToEndAsync();
        var codes = new List<int>();
        foreach (var service in Services)
            codes.Add(await service.EndAsync());
        return codes;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var service in Services)
            await service.DisposeAsync();
        await store.DisposeAsync();
    }
}
