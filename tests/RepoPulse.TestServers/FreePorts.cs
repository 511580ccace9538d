using System.Net;
using System.Net.Sockets;

namespace RepoPulse.TestServers;

internal static class FreePorts
{
    /// <summary>Below those that the system gives out by itself, so that no other program is given it while the server is down.</summary>
    public static int Find()
    {
        var random = new Random();
        while (true)
        {
            var port = random.Next(20_000, 32_000);
            try
            {
                using var listener = new TcpListener(IPAddress.Loopback, port);
                listener.Start();
                return port;
            }
            catch (SocketException)
            {
                // Taken: another.
            }
        }
    }

    /// <summary>So many, no two the same.</summary>
    public static int[] Find(int count)
    {
        var ports = new HashSet<int>();
        while (ports.Count < count)
            ports.Add(Find());
        return [.. ports];
    }
}
