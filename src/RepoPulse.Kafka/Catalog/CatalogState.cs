using RepoPulse.Core.Evidence;

namespace RepoPulse.Kafka;

/// <summary>
/// What the topics say about repositories and feeds, put together: names by the events and by polls, states, coverage with the archives
/// that repair it. Keeps what changed in the order of change. Not for several threads at once.
/// </summary>
internal sealed class CatalogState(WatchState watch) : ICatalogRows
{
    private readonly Dictionary<long, RepositoryOfEvents> _repositories = [];
    private readonly Dictionary<RepositoryName, HashSet<long>> _bearers = [];
    private readonly Dictionary<string, HashSet<long>> _owned = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<FeedAddress, FeedFacts> _feeds = [];
    private readonly Dictionary<long, HashSet<FeedFacts>> _feedsByRepository = [];
    private readonly List<FeedFacts> _feedsById = [];
    private readonly Dictionary<FeedAddress, HashSet<FeedFacts>> _retired = [];
    private readonly List<ArchiveRecord> _archives = [];
    private readonly List<(long Version, long Repository, FeedAddress Feed)> _journal = [];
    private long _journalStart;
    private DateTimeOffset _lookedAt = DateTimeOffset.MinValue;
    private DateTimeOffset _now;

    public long Version { get; private set; }

    public void Apply(StatisticsRecord record)
    {
        var id = record.RepositoryId;
        IReadOnlyList<NameObservation> names = [.. record.Names.Select(
            seen => new NameObservation(RepositoryName.Parse(seen.Name), seen.LastSeenAt))];
        var before = _repositories.GetValueOrDefault(id);
        var isPrivate = record.PrivateAt is not null;
        var evidence = record.Evidence?.ToReport();
        var changed = before is null
            || before.IsPrivate != isPrivate
            || !SameNames(before.Names, names)
            || before.Evidence?.Counts != evidence?.Counts
            || !(before.Evidence?.Gaps ?? []).SequenceEqual(evidence?.Gaps ?? []);
        // Stored and indexed before the change is noted: a reader that is woken by it must find the new names.
        _repositories[id] = new(names, record.LastEventAt, isPrivate, evidence);
        if (!changed)
            return;
        Index(id, names);
        Changed(id);
    }

    public void Apply(CoverageRecord record)
    {
        if (!FeedAddress.TryParse(record.Feed, out var address))
            return;
        var feed = GetOrAdd(address);
        feed.Address = address;
        if (feed.RepositoryId.Value != record.RepositoryId)
        {
            if (_feedsByRepository.TryGetValue(feed.RepositoryId.Value, out var former))
                former.Remove(feed);
            if (feed.RepositoryId != RepositoryId.None)
                Changed(feed.RepositoryId.Value);
            feed.RepositoryId = new RepositoryId(record.RepositoryId);
            if (feed.RepositoryId != RepositoryId.None)
                GetOrAdd(_feedsByRepository, record.RepositoryId).Add(feed);
        }

        feed.Origin = FeedAddress.TryParse(record.Origin, out var origin) ? origin : null;
        if (feed.Origin is { } name)
            GetOrAdd(_retired, name).Add(feed);
        feed.State = (RepositoryState)record.State;
        feed.LastPolledAt = record.LastPolledAt;
        feed.NextPollAt = record.NextPollAt;
        feed.ConfirmedAt = record.ConfirmedAt;
        feed.Ledger = record.ToLedger();
        feed.Names = [.. record.ToObservations()];
        if (feed.RepositoryId != RepositoryId.None)
            Index(record.RepositoryId, feed.Names);
        Changed(feed.Address);
    }

    public void Apply(ArchiveRecord record)
    {
        _archives.Add(record);
        foreach (var feed in _feeds.Values)
        {
            if (record.IsOf(feed.RepositoryId) && feed.Ledger.Repair(record.From, record.To, record.CapturedAtMost) != feed.Ledger)
                Changed(feed.Address);
        }
    }

    /// <summary>Takes note that feeds are watched from now on, or not any more.</summary>
    public void ApplyWatch(IReadOnlyList<FeedAddress> feeds)
    {
        foreach (var address in feeds)
        {
            var feed = GetOrAdd(address);
            feed.Address = address;
            Changed(address);
            if (!_retired.TryGetValue(address, out var retired))
                continue;
            foreach (var other in retired)
                Changed(other.Address);
        }
    }

    /// <summary>Takes note of the lists that lapsed meanwhile, which nothing is written of.</summary>
    public void Look(DateTimeOffset now)
    {
        // Where the clock went back, those that had lapsed hold again.
        if (_lookedAt > DateTimeOffset.MinValue && now != _lookedAt)
            ApplyWatch(now > _lookedAt ? watch.LapsedBetween(_lookedAt, now) : watch.LapsedBetween(now, _lookedAt));
        _now = _lookedAt = now;
    }

    /// <summary>What changed after a version, as of now.</summary>
    public CatalogChanges Read(long since, DateTimeOffset now)
    {
        Look(now);
        if (since >= Version)
            return new CatalogChanges([], since);
        var catalog = new CatalogAssembler(this);
        if (since < _journalStart || since == 0)
        {
            foreach (var id in _repositories.Keys)
                catalog.Add(id);
            foreach (var feed in _feedsById)
                catalog.Add(Describe(feed), tellUnwatched: since > 0);
        }
        else
        {
            var first = _journal.BinarySearch((since, long.MaxValue, default), Comparer<(long Version, long, FeedAddress)>.Create(
                (a, b) => a.Version.CompareTo(b.Version)));
            foreach (var (_, repository, feed) in _journal.Skip(first < 0 ? ~first : first + 1))
            {
                if (repository != 0)
                    catalog.Add(repository);
                else if (_feeds.TryGetValue(feed, out var facts))
                    catalog.Add(Describe(facts), tellUnwatched: true);
            }
        }

        return new CatalogChanges(catalog.Repositories, Version);
    }

    public IReadOnlyList<NameObservation> NamesOf(long repository)
    {
        var feeds = _feedsByRepository.GetValueOrDefault(repository);
        var byEvents = _repositories.TryGetValue(repository, out var facts) ? facts.Names : [];
        if (feeds is null || feeds.Count == 0)
            return byEvents.Count <= 1 ? byEvents : Ordered(byEvents);
        var names = byEvents.ToList();
        foreach (var seen in feeds.SelectMany(feed => feed.Names))
        {
            var index = names.FindIndex(name => name.Name == seen.Name);
            if (index < 0)
                names.Add(seen);
            else if (names[index].LastSeenAt < seen.LastSeenAt)
                names[index] = seen;
        }

        return Ordered(names);
    }

    public IReadOnlyList<long> RepositoriesNamed(RepositoryName name) => _bearers.TryGetValue(name, out var bearers)
        ? [.. bearers.OrderByDescending(id => NamesOf(id).FirstOrDefault(seen => seen.Name == name).LastSeenAt).ThenBy(id => id)]
        : [];

    public IReadOnlyList<long> EverOwnedBy(string owner) => _owned.TryGetValue(owner, out var owned) ? [.. owned] : [];

    public IReadOnlyList<CatalogFeed> FeedsOf(long repository) =>
        _feedsByRepository.TryGetValue(repository, out var feeds) ? [.. feeds.OrderBy(feed => feed.Id).Select(Describe)] : [];

    public CatalogFeed? FeedAt(FeedAddress address) => _feeds.TryGetValue(address, out var feed) ? Describe(feed) : null;

    public bool IsPrivate(long repository) => _repositories.TryGetValue(repository, out var facts) && facts.IsPrivate;

    public CoverageLedger CoverageOf(long feed)
    {
        var facts = _feedsById[(int)feed];
        var ledger = facts.Ledger;
        foreach (var archive in _archives)
        {
            if (archive.IsOf(facts.RepositoryId))
                ledger = ledger.Repair(archive.From, archive.To, archive.CapturedAtMost);
        }

        return ledger;
    }

    public EvidenceCounts? EvidenceOf(long repository) =>
        _repositories.TryGetValue(repository, out var facts) ? facts.Evidence?.Counts : null;

    public IReadOnlyList<EvidenceGap> EvidenceGapsOf(long repository) =>
        _repositories.TryGetValue(repository, out var facts) && facts.Evidence is { } evidence ? evidence.Gaps : [];

    public IReadOnlyList<ArchiveStretch> ArchivesOf(long repository) =>
    [
        .. _archives.Where(archive => archive.IsOf(new RepositoryId(repository)))
            .Select(archive => new ArchiveStretch(archive.From, archive.To, archive.CapturedAtMost)),
    ];

    public DateTimeOffset? LastEventOf(long repository) => _repositories.TryGetValue(repository, out var facts) ? facts.LastEventAt : null;

    private static List<NameObservation> Ordered(IEnumerable<NameObservation> names) =>
        [.. names.OrderByDescending(seen => seen.LastSeenAt).ThenBy(seen => seen.Name.FullName, StringComparer.Ordinal)];

    /// <summary>Whether the same names stand in the same order of their observations; later observations alone change nothing.</summary>
    private static bool SameNames(IReadOnlyList<NameObservation> a, IReadOnlyList<NameObservation> b)
    {
        if (a.Count != b.Count)
            return false;
        if (a.Count == 1)
            return a[0].Name.FullName == b[0].Name.FullName;
        return Ordered(a)
            .Select(seen => seen.Name.FullName)
            .SequenceEqual(Ordered(b).Select(seen => seen.Name.FullName), StringComparer.Ordinal);
    }

    private static HashSet<T> GetOrAdd<TKey, T>(Dictionary<TKey, HashSet<T>> sets, TKey key)
        where TKey : notnull
    {
        if (!sets.TryGetValue(key, out var set))
            sets.Add(key, set = []);
        return set;
    }

    private CatalogFeed Describe(FeedFacts feed) => new(
        feed.Id,
        feed.Address,
        feed.RepositoryId,
        feed.State,
        feed.LastPolledAt,
        feed.NextPollAt,
        watch.IsWatched(feed.Address, _now) || (feed.Origin is { } origin && watch.IsWatched(origin, _now)))
    {
        ConfirmedAt = feed.ConfirmedAt,
    };

    private FeedFacts GetOrAdd(FeedAddress address)
    {
        if (_feeds.TryGetValue(address, out var feed))
            return feed;
        feed = new FeedFacts(_feedsById.Count, address);
        _feedsById.Add(feed);
        _feeds.Add(address, feed);
        return feed;
    }

    private void Index(long id, IReadOnlyList<NameObservation> names)
    {
        foreach (var seen in names)
        {
            GetOrAdd(_bearers, seen.Name).Add(id);
            var owner = seen.Name.Owner.ToString();
            if (!_owned.TryGetValue(owner, out var owned))
                _owned.Add(owner, owned = []);
            owned.Add(id);
        }
    }

    private void Changed(long repository) => Note(repository, default);

    private void Changed(FeedAddress feed) => Note(0, feed);

    private void Note(long repository, FeedAddress feed)
    {
        // The version grows with each entry, so that a reader that was given everything up to a version finds by it what came after.
        _journal.Add((++Version, repository, feed));
        // A reader that is further behind reads everything.
        if (_journal.Count <= 100_000)
            return;
        _journal.RemoveRange(0, 50_000);
        _journalStart = _journal[0].Version - 1;
    }
}

/// <summary>What the aggregators say about a repository.</summary>
internal sealed record RepositoryOfEvents(
    IReadOnlyList<NameObservation> Names, DateTimeOffset? LastEventAt, bool IsPrivate, EvidenceReport? Evidence);

/// <summary>What the topics say about a feed.</summary>
internal sealed class FeedFacts(long id, FeedAddress address)
{
    /// <summary>Given here, for the catalog's own use.</summary>
    public long Id => id;

    public FeedAddress Address { get; set; } = address;

    public FeedAddress? Origin { get; set; }

    public RepositoryId RepositoryId { get; set; }

    public RepositoryState State { get; set; } = RepositoryState.Watching;

    public DateTimeOffset? LastPolledAt { get; set; }

    public DateTimeOffset? NextPollAt { get; set; }

    public DateTimeOffset? ConfirmedAt { get; set; }

    /// <summary>What the sweeps prove.</summary>
    public CoverageLedger Ledger { get; set; } = CoverageLedger.Empty;

    public IReadOnlyList<NameObservation> Names { get; set; } = [];
}
