namespace RepoPulse.GitHub.Limits;

/// <summary>Which of GitHub's limits refused a request (https://docs.github.com/rest/using-the-rest-api/rate-limits-for-the-rest-api).</summary>
internal enum LimitKind
{
    /// <summary>Requests an hour: what the headers count.</summary>
    Primary,

    /// <summary>Requests at once, points a minute and whatever else GitHub guards itself with: no header tells of it beforehand.</summary>
    Secondary,
}
