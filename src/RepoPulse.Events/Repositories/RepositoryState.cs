namespace RepoPulse.Events;

/// <summary>What the collector last learned of a repository. The numbers are stored: they never change.</summary>
public enum RepositoryState
{
    /// <summary>Imported only, or no longer on any collector's list.</summary>
    Unwatched = 0,

    /// <summary>On a collector's list, under its present or a former name.</summary>
    Watching = 1,

    /// <summary>404: there is none, or the token may not see it. Asked again, slowly, because it may be temporary.</summary>
    NotFound = 2,

    /// <summary>410: deleted.</summary>
    Gone = 3,

    /// <summary>451: blocked for legal reasons.</summary>
    Blocked = 4,

    /// <summary>401 or 403 without a limit being named: no token may read it.</summary>
    Unauthorized = 5,
}
