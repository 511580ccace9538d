using RepoPulse.Core.Evidence;

namespace RepoPulse.Sql;

/// <summary>
/// Reads each table once and returns from memory: for all repositories, or so many that asking of each would take longer.
/// </summary>
internal sealed class CatalogTables : ICatalogRows
{
    private readonly Dictionary<long, List<NameObservation>> _names = [];
    private readonly Dictionary<RepositoryName, List<(DateTimeOffset SeenAt, long Id)>> _bearers = [];
    private readonly Dictionary<string, HashSet<long>> _owned = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<FeedAddress, CatalogFeed> _feeds;
    private readonly ILookup<long, CatalogFeed> _feedsByRepository;
    private readonly Dictionary<long, List<CoverageInterval>> _coverage = [];
    private readonly Dictionary<long, long> _lastEvents;
    private readonly HashSet<long> _private = [];
    private readonly Dictionary<long, EvidenceCounts> _evidence = [];
    private readonly Dictionary<long, List<EvidenceGap>> _gaps = [];
    private readonly SqlSession _session;

    public CatalogTables(SqlSession session, long lapsed)
    {
        _session = session;
        ReadNames(session);
        ReadCoverage(session);
        ReadPrivate(session);
        ReadEvidence(session);
        var feeds = CatalogFeedQueries.Read(session, lapsed, "id >= ?2", 0);
        _feeds = feeds.ToDictionary(feed => feed.Address);
        _feedsByRepository = feeds.Where(feed => feed.RepositoryId != RepositoryId.None).ToLookup(feed => feed.RepositoryId.Value);
        _lastEvents = session.Dialect.LastEvents(session, null);
    }

    public IReadOnlyList<NameObservation> NamesOf(long repository) => _names.TryGetValue(repository, out var names) ? names : [];

    public IReadOnlyList<long> RepositoriesNamed(RepositoryName name) => _bearers.TryGetValue(name, out var bearers)
        ? [.. bearers.OrderByDescending(bearer => bearer.SeenAt).ThenBy(bearer => bearer.Id).Select(bearer => bearer.Id)]
        : [];

    public IReadOnlyList<long> EverOwnedBy(string owner) => _owned.TryGetValue(owner, out var owned) ? [.. owned] : [];

    public IReadOnlyList<CatalogFeed> FeedsOf(long repository) => [.. _feedsByRepository[repository]];

    public CatalogFeed? FeedAt(FeedAddress address) => _feeds.GetValueOrDefault(address);

    public bool IsPrivate(long repository) => _private.Contains(repository);

    public CoverageLedger CoverageOf(long feed) =>
        CoverageLedger.FromIntervals(_coverage.TryGetValue(feed, out var intervals) ? intervals : []);

    public EvidenceCounts? EvidenceOf(long repository) => _evidence.TryGetValue(repository, out var counts) ? counts : null;

    public IReadOnlyList<EvidenceGap> EvidenceGapsOf(long repository) => _gaps.TryGetValue(repository, out var gaps) ? gaps : [];

    // Few have gaps by evidence: each is asked for.
    public IReadOnlyList<ArchiveStretch> ArchivesOf(long repository) => SqlArchives.Of(_session, repository);

    public DateTimeOffset? LastEventOf(long repository) => _lastEvents.TryGetValue(repository, out var at) ? Micros.ToTime(at) : null;

    private void ReadNames(SqlSession session)
    {
        using var select = session.Prepare(
            "SELECT repository_id, name, last_seen_at FROM repository_name ORDER BY last_seen_at DESC, name");
        while (select.Step())
        {
            var (id, seen) = (select.Int64(0), new NameObservation(SqlNames.ToName(select.Text(1)), Micros.ToTime(select.Int64(2))));
            if (!_names.TryGetValue(id, out var names))
                _names.Add(id, names = []);
            names.Add(seen);
            if (!_bearers.TryGetValue(seen.Name, out var bearers))
                _bearers.Add(seen.Name, bearers = []);
            bearers.Add((seen.LastSeenAt, id));
            var owner = seen.Name.Owner.ToString();
            if (!_owned.TryGetValue(owner, out var owned))
                _owned.Add(owner, owned = []);
            owned.Add(id);
        }
    }

    private void ReadPrivate(SqlSession session)
    {
        using var select = session.Prepare("SELECT repository_id FROM private_repository");
        while (select.Step())
            _private.Add(select.Int64(0));
    }

    private void ReadEvidence(SqlSession session)
    {
        using (var select = session.Prepare("SELECT repository_id, links, broken, expected, held FROM evidence"))
        {
            while (select.Step())
                _evidence.Add(select.Int64(0), new(select.Int64(1), select.Int64(2), select.Int64(3), select.Int64(4)));
        }

        using var gaps = session.Prepare("SELECT repository_id, from_at, to_at, reason FROM evidence_gap ORDER BY repository_id, from_at");
        while (gaps.Step())
        {
            if (!_gaps.TryGetValue(gaps.Int64(0), out var known))
                _gaps.Add(gaps.Int64(0), known = []);
            known.Add(new EvidenceGap(Micros.ToTime(gaps.Int64(1)), Micros.ToTime(gaps.Int64(2)), gaps.Text(3)));
        }
    }

    private void ReadCoverage(SqlSession session)
    {
        using var select = session.Prepare(
            "SELECT feed_id, from_at, to_at, state, reason, captured_at_most FROM coverage ORDER BY feed_id, from_at");
        while (select.Step())
        {
            var feed = select.Int64(0);
            if (!_coverage.TryGetValue(feed, out var intervals))
                _coverage.Add(feed, intervals = []);
            intervals.Add(new CoverageInterval(
                Micros.ToTime(select.Int64(1)), Micros.ToTime(select.Int64(2)), (CoverageState)select.Int32(3), select.NullableText(4))
            {
                CapturedAtMost = SqlFeeds.ToReal(select, 5),
            });
        }
    }
}
