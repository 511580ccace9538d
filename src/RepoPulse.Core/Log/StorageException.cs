namespace RepoPulse.Core;

/// <summary>
/// A store or broker failed. The message names the file, server or topic and what can be done about it; it is fit to show to the operator.
/// </summary>
public sealed class StorageException : Exception
{
    public StorageException(string message, bool isTransient, Exception? innerException = null)
        : base(message, innerException) => IsTransient = isTransient;

    /// <summary>
    /// Whether the same call may succeed later without anyone doing anything: a lock, a server that restarts, a disk that fills and drains.
    /// </summary>
    public bool IsTransient { get; }
}
