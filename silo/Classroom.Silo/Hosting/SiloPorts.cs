using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Options;

namespace Classroom.Silo.Hosting;

/// <summary>Orleans ends with a stack when a port that it was given is taken; this says which setting to change.</summary>
public static class SiloPorts
{
    /// <exception cref="SettingException">Another program listens there.</exception>
    public static void CheckSiloPorts(this WebApplication app)
    {
        var port = app.Services.GetRequiredService<IOptions<SiloOptions>>().Value.SiloPort;
        try
        {
            // Port 0, the value when none is given, is always free.
            using var listener = new TcpListener(IPAddress.Loopback, port);
            listener.Start();
        }
        catch (SocketException e)
        {
            throw new SettingException($"Orleans:SiloPort: port {port} cannot be listened on ({e.Message}).", e);
        }
    }
}
