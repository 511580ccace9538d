namespace RepoPulse.Commands.Stats;

/// <summary>Where statistics are read from: a running server, or the database.</summary>
internal interface IStatisticsSource : IAsyncDisposable
{
    /// <summary>
    /// The documents of a repository, or of all in the order of their names: each one JSON object in the form of the API, in UTF-8. A
    /// former name gives the document of the repository that had it; an unknown one gives none.
    /// </summary>
    /// <param name="repository">Null for all.</param>
    /// <exception cref="CommandFailedException">The source cannot be read.</exception>
    IAsyncEnumerable<ReadOnlyMemory<byte>> ReadAsync(RepositoryName? repository, CancellationToken cancellationToken);

    /// <summary>What happened in a repository from a time on; null where the source keeps no history.</summary>
    /// <param name="document">As it was read.</param>
    /// <param name="since">What <see cref="RecentActivity.Since"/> gives.</param>
    /// <exception cref="CommandFailedException">The server cannot be read.</exception>
    /// <exception cref="StorageException">The database cannot be read.</exception>
    ValueTask<RecentActivity?> ReadActivityAsync(StatisticsDocument document, DateTimeOffset since, CancellationToken cancellationToken);
}
