namespace RepoPulse.Api.Streaming;

/// <summary>How many streams are open, of every client and of all: each holds some memory for as long as its client likes.</summary>
internal sealed class StreamSlots(int max, int maxOfClient)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<Client, int> _open = [];
    private int _count;

    internal enum Outcome
    {
        Entered,
        TooManyOfClient,
        TooMany,
    }

    public Outcome TryEnter(Client client)
    {
        lock (_lock)
        {
            var own = _open.GetValueOrDefault(client);
            if (own >= maxOfClient)
                return Outcome.TooManyOfClient;
            if (_count >= max)
                return Outcome.TooMany;
            _open[client] = own + 1;
            _count++;
            return Outcome.Entered;
        }
    }

    public void Leave(Client client)
    {
        lock (_lock)
        {
            _count--;
            if (--_open[client] == 0)
                _open.Remove(client);
        }
    }
}
