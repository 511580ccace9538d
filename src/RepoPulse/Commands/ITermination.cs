namespace RepoPulse.Commands;

/// <summary>The operator's wish that the process end.</summary>
internal interface ITermination
{
    /// <summary>Fires at the first signal.</summary>
    CancellationToken Requested { get; }

    /// <summary>What an interrupted command ends with: 130 after SIGINT, 143 after SIGTERM; 0 before either.</summary>
    int ExitCode { get; }
}
