using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;

namespace Classroom.Load;

/// <summary>
/// With LOAD_SEND a server's sockets hold only so many bytes that a browser has not read. On loopback the system lets them grow to megabytes,
/// and a browser that stopped reading would be noticed after minutes.
/// </summary>
public static class SmallWindows
{
    public static void Set(SocketTransportOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (!int.TryParse(Environment.GetEnvironmentVariable("LOAD_SEND"), out var bytes))
        {
            return;
        }

        var bind = options.CreateBoundListenSocket;
        options.CreateBoundListenSocket = endpoint =>
        {
            // Accepted sockets inherit it.
            var listening = bind(endpoint);
            listening.SendBufferSize = bytes;
            return listening;
        };
    }
}
