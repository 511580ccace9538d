namespace RepoPulse.GitHub.Requests;

/// <summary>What an answer means for the token that asked.</summary>
internal enum AnswerVerdict
{
    Served,
    Limited,
    TokenRefused,
}
