using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Classroom.Load;

/// <summary>
/// Linux readiness of many sockets on one thread. The clients of a run share one core and must cost less than the server they measure,
/// so they read without the runtime's socket engine.
/// </summary>
internal sealed unsafe partial class Epoll : IDisposable
{
    private const int Add = 1;
    private const int Remove = 2;
    private const uint In = 1;
    private const int MaxEvents = 512;

    // x86-64 packs the structure; the other architectures align its data.
    private static readonly int Size = RuntimeInformation.ProcessArchitecture == Architecture.X64 ? 12 : 16;
    private static readonly int DataAt = Size - 8;
    private readonly byte[] _events = new byte[MaxEvents * 16];
    private readonly int _handle = epoll_create1(0);

    public void Watch(int socket, int tag) => Control(Add, socket, tag);

    public void Forget(int socket) => Control(Remove, socket, 0);

    /// <summary>Tags of the sockets that can be read, or none after the timeout.</summary>
    public int Wait(Span<int> tags, int timeoutMilliseconds)
    {
        fixed (byte* events = _events)
        {
            var count = epoll_wait(_handle, events, Math.Min(MaxEvents, tags.Length), timeoutMilliseconds);
            for (var i = 0; i < count; i++)
            {
                tags[i] = BinaryPrimitives.ReadInt32LittleEndian(_events.AsSpan((i * Size) + DataAt));
            }

            return Math.Max(0, count);
        }
    }

    /// <summary>Bytes read, 0 at the end, -1 when there is nothing (now) or the connection broke.</summary>
    public static int Receive(int socket, Span<byte> into)
    {
        fixed (byte* buffer = into)
        {
            return (int)recv(socket, buffer, (nuint)into.Length, 0);
        }
    }

    public void Dispose() => _ = close(_handle);

    private void Control(int operation, int socket, int tag)
    {
        var entry = stackalloc byte[16];
        BinaryPrimitives.WriteUInt32LittleEndian(new Span<byte>(entry, 4), In);
        BinaryPrimitives.WriteInt64LittleEndian(new Span<byte>(entry + DataAt, 8), tag);
        _ = epoll_ctl(_handle, operation, socket, entry);
    }

    [LibraryImport("libc")]
    private static partial int epoll_create1(int flags);

    [LibraryImport("libc")]
    private static partial int epoll_ctl(int epoll, int operation, int socket, byte* entry);

    [LibraryImport("libc")]
    private static partial int epoll_wait(int epoll, byte* events, int max, int timeout);

    [LibraryImport("libc")]
    private static partial nint recv(int socket, byte* buffer, nuint length, int flags);

    [LibraryImport("libc")]
    private static partial int close(int handle);
}
