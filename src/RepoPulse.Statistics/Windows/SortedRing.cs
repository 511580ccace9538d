namespace RepoPulse.Statistics;

/// <summary>
/// Events in order in a ring of one array: the usual event goes to the end and the oldest leaves from the front without anything moving,
/// and a late one moves only what lies between its place and the nearer end. Holds no array while it is empty.
/// </summary>
internal sealed class SortedRing
{
    private const int MinCapacity = 4;

    // Its length is always a power of two (or zero), so that wrapping is a mask.
    private WindowEntry[] _items = [];
    private int _head;

    public int Count { get; private set; }

    /// <summary>Entries that fit without growing.</summary>
    public int Capacity => _items.Length;

    public WindowEntry this[int index]
    {
        get => _items[Slot(index)];
        private set => _items[Slot(index)] = value;
    }

    /// <summary>The entry's index, or the complement of the index where it belongs.</summary>
    public int Find(WindowEntry entry)
    {
        if (Count == 0 || this[Count - 1].CompareTo(entry) < 0)
            return ~Count;
        var low = 0;
        var high = Count - 1;
        while (low <= high)
        {
            var middle = (low + high) >>> 1;
            var order = this[middle].CompareTo(entry);
            if (order == 0)
                return middle;
            if (order < 0)
                low = middle + 1;
            else
                high = middle - 1;
        }

        return ~low;
    }

    public void Insert(int index, WindowEntry entry)
    {
        if (Count == _items.Length)
            Resize(Math.Max(MinCapacity, _items.Length * 2));
        Count++;
        if (index < Count / 2)
        {
            _head = Slot(-1);
            for (var i = 0; i < index; i++)
                this[i] = this[i + 1];
        }
        else
        {
            for (var i = Count - 1; i > index; i--)
                this[i] = this[i - 1];
        }

        this[index] = entry;
    }

    public void RemoveAt(int index)
    {
        if (index < Count / 2)
        {
            for (var i = index; i > 0; i--)
                this[i] = this[i - 1];
            RemoveFirst(1);
            return;
        }

        for (var i = index; i < Count - 1; i++)
            this[i] = this[i + 1];
        RemoveLast();
    }

    public void RemoveFirst(int entries)
    {
        _head = Slot(entries);
        Count -= entries;
        Shrink();
    }

    public void RemoveLast()
    {
        Count--;
        Shrink();
    }

    /// <summary>The ticks between neighbours of the first <c>intervals.Length + 1</c> entries.</summary>
    public void CopyIntervals(Span<long> intervals)
    {
        var before = this[0].Ticks;
        for (var i = 0; i < intervals.Length; i++)
        {
            var ticks = this[i + 1].Ticks;
            intervals[i] = ticks - before;
            before = ticks;
        }
    }

    private int Slot(int index) => (_head + index) & (_items.Length - 1);

    /// <summary>At a quarter, and then by half: so an event more or less at the edge does not cost a copy each time.</summary>
    private void Shrink()
    {
        if (Count == 0)
        {
            _items = [];
            _head = 0;
            return;
        }

        var capacity = _items.Length;
        while (capacity > MinCapacity && Count <= capacity / 4)
            capacity /= 2;
        if (capacity < _items.Length)
            Resize(capacity);
    }

    private void Resize(int capacity)
    {
        var items = new WindowEntry[capacity];
        var tail = Math.Min(Count, _items.Length - _head);
        Array.Copy(_items, _head, items, 0, tail);
        Array.Copy(_items, 0, items, tail, Count - tail);
        _items = items;
        _head = 0;
    }
}

/// <summary>An event in a window: its <see cref="EventKey"/> in 16 bytes, in the same order.</summary>
/// <param name="Ticks">The event's time in ticks of UTC.</param>
internal readonly record struct WindowEntry(long Ticks, long Id) : IComparable<WindowEntry>
{
    public static WindowEntry Of(EventKey key) => new(key.CreatedAt.UtcTicks, key.Id.Value);

    public int CompareTo(WindowEntry other)
    {
        var byTime = Ticks.CompareTo(other.Ticks);
        return byTime != 0 ? byTime : Id.CompareTo(other.Id);
    }
}
