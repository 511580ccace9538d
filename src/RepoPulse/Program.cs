using RepoPulse.Commands;

using var signals = TerminationSignals.Listen();
return await CommandLine.InvokeAsync(args, CommandContext.ForProcess(signals), new CommandHandlers());
