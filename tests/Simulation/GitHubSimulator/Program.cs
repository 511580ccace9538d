using GitHubSimulator.CommandLine;

return await SimulatorCommand.Create().Parse(args).InvokeAsync();
