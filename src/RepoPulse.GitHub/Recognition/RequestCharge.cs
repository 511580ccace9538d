namespace RepoPulse.GitHub.Recognition;

/// <summary>What a request costs of the primary limit.</summary>
internal enum RequestCharge
{
    /// <summary>One, or nothing: an error, or no answer at all.</summary>
    Unknown,

    /// <summary>Nothing: a 304 to a token, or a question about the limit itself.</summary>
    Free,

    /// <summary>One: an answer in full.</summary>
    One,
}
