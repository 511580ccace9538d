namespace RepoPulse.GitHub.Recognition;

/// <summary>What is known of two tokens.</summary>
internal enum Kinship
{
    Unknown,

    /// <summary>They are one user's: what one uses, both have used.</summary>
    Same,

    /// <summary>They are two users'.</summary>
    Apart,
}
