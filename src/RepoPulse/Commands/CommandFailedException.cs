namespace RepoPulse.Commands;

/// <summary>A command cannot do what it was asked to. The message is for the operator and is all that is shown.</summary>
internal sealed class CommandFailedException(string message, Exception? innerException = null) : Exception(message, innerException);
