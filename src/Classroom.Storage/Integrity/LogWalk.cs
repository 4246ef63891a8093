using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Classroom.Storage;

/// <summary>
/// Checks facts as they come by, sorted by stream (byte order) and version, against their hashes and against what checkpoints know.
/// Of each stream the first fault is reported; what follows a fault follows from it.
/// </summary>
internal sealed class LogWalk(KnownHeads known, Action<Finding> broken) : IDisposable
{
    private readonly IncrementalHash _digest = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private string? _stream;
    private long _version, _vouched;
    private byte[] _hash = [];
    private bool _broken;
    private (long Version, byte[] Stored)? _suspect;

    public long Streams { get; private set; }

    public long Facts { get; private set; }

    /// <summary>When the first checkpoint was made that knows more than the log has.</summary>
    public DateTimeOffset? EndsBefore { get; private set; }

    /// <param name="row">Null when the fact cannot be read.</param>
    /// <param name="stored">The hash that stands beside it.</param>
    public void Next(string stream, long version, FactRow? row, byte[] stored)
    {
        if (stream != _stream)
        {
            Close();
            TellMissingBefore(stream);
            (_stream, _version, _vouched, _hash, _broken) = (stream, 0, 0, FactHash.None.ToArray(), false);
            Streams++;
        }

        if (_suspect is { } suspect)
        {
            var follows = version == suspect.Version + 1 && row is not null && row.HashAfter(suspect.Stored).AsSpan().SequenceEqual(stored);
            Judge(suspect.Version, follows ? Fault.Edited : Fault.OutOfOrder);
        }

        Facts++;
        if (!_broken)
        {
            Check(stream, version, row, stored);
        }

        (_version, _hash) = (version, stored);
    }

    /// <summary>To be called behind the last fact.</summary>
    /// <returns>The digest over all heads, hexadecimal.</returns>
    public string End()
    {
        Close();
        TellMissingBefore(null);
        return Convert.ToHexStringLower(_digest.GetHashAndReset());
    }

    public void Dispose() => _digest.Dispose();

    private void Check(string stream, long version, FactRow? row, byte[] stored)
    {
        if (version <= _version)
        {
            Tell(version, Fault.OutOfOrder, "out of order: versions count from 1, each once");
        }
        else if (version > _version + 1)
        {
            Tell(_version + 1, Fault.Missing, version == _version + 2 ? "missing" : $"missing, up to {version - 1}");
        }
        else if (row is null)
        {
            Tell(version, Fault.Edited, "edited: it holds what the log never writes");
        }
        else if (!row.HashAfter(_hash).AsSpan().SequenceEqual(stored))
        {
            // Edited in place, or put here from elsewhere? The next fact tells: it knows the hash that stood here.
            (_suspect, _broken) = ((version, stored), true);
        }
        else
        {
            Compare(stream, version, stored);
        }
    }

    private void Compare(string stream, long version, byte[] stored)
    {
        for (; known.Current is { } head && head.Stream == stream && head.Version <= version; known.Advance())
        {
            if (head.Version == version && head.Hash.AsSpan().SequenceEqual(stored))
            {
                _vouched = version;
            }
            else if (head.Version == version && !_broken)
            {
                var first = Math.Min(_vouched + 1, version);
                Tell(first, Fault.Rewritten, (first == version ? "edited" : $"edited, here or up to {version}")
                    + $", and the hashes computed anew: the checkpoint of {Text(head.Time)} knows another fact {version}");
            }
        }
    }

    private void Judge(long version, Fault fault)
    {
        Tell(version, fault, fault == Fault.OutOfOrder ? "out of order: moved here from elsewhere, or edited together with its hash"
            : version == 1 || _vouched == version - 1 ? "edited" : $"edited (or fact {version - 1} was, and got a new hash)");
        _suspect = null;
    }

    private void Close()
    {
        if (_stream is null)
        {
            return;
        }

        if (_suspect is { } suspect)
        {
            Tell(suspect.Version, Fault.Edited, "edited, or put here from elsewhere: it does not follow the fact before it");
            _suspect = null;
        }

        if (Drain(_stream) is { } latest && latest.Version > _version && !_broken)
        {
            Tell(_version + 1, Fault.CutOff, $"cut off after version {_version}: the checkpoint of {Text(latest.Time)} knows {latest.Version}");
        }

        Digest(_stream);
    }

    /// <summary>Streams that checkpoints know and the log does not have, up to the one that comes now.</summary>
    private void TellMissingBefore(string? stream)
    {
        while (known.Current is { } head && (stream is null || Compare(head.Stream, stream) < 0))
        {
            (_stream, _version) = (head.Stream, 0);
            var latest = Drain(head.Stream)!.Value;
            Tell(1, Fault.StreamMissing, $"stream missing: the checkpoint of {Text(latest.Time)} knows {latest.Version} facts of it");
        }
    }

    /// <summary>Passes the cursor over what is left of a stream.</summary>
    /// <returns>The latest head of it.</returns>
    private (long Version, DateTimeOffset Time)? Drain(string stream)
    {
        (long, DateTimeOffset)? latest = null;
        for (; known.Current is { } head && head.Stream == stream; known.Advance())
        {
            latest = (head.Version, head.Time);
            if (head.Version > _version && !(EndsBefore <= head.Time))
            {
                EndsBefore = head.Time;
            }
        }

        return latest;
    }

    private void Digest(string stream)
    {
        var name = Encoding.UTF8.GetBytes(stream);
        Span<byte> number = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(number, name.Length);
        _digest.AppendData(number);
        _digest.AppendData(name);
        BinaryPrimitives.WriteInt64BigEndian(number, _version);
        _digest.AppendData(number);
        _digest.AppendData(_hash);
    }

    private void Tell(long version, Fault fault, string what)
    {
        _broken = true;
        broken(new Finding(fault, _stream!, version, what));
    }

    private static string Text(DateTimeOffset time) => time.ToUniversalTime().ToString("u", CultureInfo.InvariantCulture);

    // As both databases sort: by the bytes of UTF-8, which is not the order of .NET's UTF-16.
    private static int Compare(string a, string b) => Encoding.UTF8.GetBytes(a).AsSpan().SequenceCompareTo(Encoding.UTF8.GetBytes(b));
}
