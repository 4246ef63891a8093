using System.Diagnostics;
using System.Globalization;

namespace Classroom.Load;

/// <summary>Which core a process runs on, and what it has used, from /proc.</summary>
public static class Pin
{
    public const int Clients = 1;
    public const int Server = 0;

    private static readonly double TickMicroseconds = 1_000_000.0 / 100;

    /// <summary>Binds the calling process to one core; on a machine with a single core nothing is separated, and the report says so.</summary>
    public static void Here(int core)
    {
#pragma warning disable CA1416 // The load program is for Linux.
        using var self = Process.GetCurrentProcess();
        if (Environment.ProcessorCount > core || core == 0)
        {
            self.ProcessorAffinity = 1 << core;
        }
#pragma warning restore CA1416
    }

    /// <summary>CPU time of a process, user and system, in microseconds (resolution 10 ms).</summary>
    public static double Cpu(int pid)
    {
        var fields = File.ReadAllText($"/proc/{pid}/stat").Split(')')[^1].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return (long.Parse(fields[11], CultureInfo.InvariantCulture) + long.Parse(fields[12], CultureInfo.InvariantCulture)) * TickMicroseconds;
    }

    /// <summary>Resident memory of a process in bytes.</summary>
    public static long Resident(int pid) =>
        long.Parse(File.ReadLines($"/proc/{pid}/status").First(l => l.StartsWith("VmRSS", StringComparison.Ordinal))
            .Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) * 1024;
}
