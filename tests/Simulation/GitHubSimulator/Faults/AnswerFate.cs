namespace GitHubSimulator.Faults;

/// <summary>How much of a response reaches the client.</summary>
internal enum AnswerFate
{
    Whole,

    /// <summary>The connection is cut before a byte is sent.</summary>
    Cut,

    /// <summary>The connection is cut after half of the body that the headers announce.</summary>
    HalfSent,

    /// <summary>Half of the body is sent as if it were all.</summary>
    BrokenJson,
}
