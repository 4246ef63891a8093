using System.Diagnostics;
using System.Globalization;

namespace Classroom.Load;

/// <summary>One clock for all processes of a run: CLOCK_MONOTONIC, in microseconds. A stamp is '~' and 16 hexadecimal digits of it.</summary>
public static class Clock
{
    public const byte Mark = (byte)'~';
    public const int StampLength = 17;

    public static long Now => Stopwatch.GetTimestamp() / (Stopwatch.Frequency / 1_000_000);

    public static string Stamp(long microseconds) => "~" + microseconds.ToString("x16", CultureInfo.InvariantCulture);

    /// <summary>Reads the 16 digits after a mark.</summary>
    public static long Read(ReadOnlySpan<byte> digits)
    {
        long value = 0;
        foreach (var d in digits[..16])
        {
            value = (value << 4) | (long)(d <= '9' ? d - '0' : d - 'a' + 10);
        }

        return value;
    }
}
