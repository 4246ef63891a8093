namespace Classroom.Load;

/// <summary>Latencies in microseconds, in buckets of at most 1.6 % width; bounded memory, one writer.</summary>
public sealed class Histogram
{
    private const int SubBits = 6;
    private readonly long[] _buckets = new long[(40 - SubBits + 1) << SubBits];

    public long Count { get; private set; }

    public long Max { get; private set; }

    public void Record(long microseconds)
    {
        var value = Math.Max(0, microseconds);
        _buckets[IndexOf(value)]++;
        Count++;
        Max = Math.Max(Max, value);
    }

    /// <summary>The latency, in microseconds, that <paramref name="quantile"/> of all did not exceed; 0 when there are none.</summary>
    public long At(double quantile)
    {
        var wanted = (long)Math.Ceiling(Count * quantile);
        long seen = 0;
        for (var i = 0; i < _buckets.Length; i++)
        {
            seen += _buckets[i];
            if (seen >= wanted && wanted > 0)
            {
                return Math.Min(UpperOf(i), Max);
            }
        }

        return 0;
    }

    public void Clear()
    {
        Array.Clear(_buckets);
        (Count, Max) = (0, 0);
    }

    private static int IndexOf(long value)
    {
        if (value < 1 << SubBits)
        {
            return (int)value;
        }

        var shift = 63 - System.Numerics.BitOperations.LeadingZeroCount((ulong)value) - SubBits;
        return Math.Min(((shift + 1) << SubBits) + (int)((value >> shift) - (1 << SubBits)), ((40 - SubBits + 1) << SubBits) - 1);
    }

    private static long UpperOf(int index)
    {
        var shift = (index >> SubBits) - 1;
        return shift < 0 ? index : (((long)(index & ((1 << SubBits) - 1)) + (1 << SubBits) + 1) << shift) - 1;
    }
}
