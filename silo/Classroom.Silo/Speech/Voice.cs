using System.Buffers.Binary;
using System.ComponentModel;
using System.Diagnostics;
using System.Text;
using System.Text.RegularExpressions;
using Classroom.Kits;
using Microsoft.Extensions.Options;

namespace Classroom.Silo.Speech;

/// <summary>Why nothing is heard: there is no such voice here, the sentence has no sound, or it may be heard when it is asked for again.</summary>
public enum Silence { NoVoice, NothingToSay, Busy }

/// <param name="Sound">A WAV file; null: see <paramref name="Silence"/>.</param>
public readonly record struct Spoken(byte[]? Sound, Silence Silence = default);

/// <summary>
/// The server's voice: a program that turns a sentence into sound, and what it has spoken already. Invariant: it is given a sentence of a lesson's explanation and nothing that a person typed; it gets the text
/// on its standard input, so that no text is an argument. One sentence is spoken at a time: a class asks for the same ones.
/// </summary>
public sealed class Voice(IOptions<SpeechOptions> options, SpokenSentences kept, ILogger<Voice> logger) : IDisposable
{
    /// <summary>In letters; no sentence that somebody would listen to is longer.</summary>
    public const int Longest = 1000;

    /// <summary>Sentences that wait for the one that is spoken: who comes after them asks again.</summary>
    private const int MostWaiting = 8;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    // All that the program gets to know of this process: settings and passwords are there too.
    private static readonly string[] PassedOn = ["PATH", "HOME", "LANG", "LC_ALL", "ESPEAK_DATA_PATH"];
    private readonly SemaphoreSlim _turn = new(1);
    private readonly Dictionary<Language, bool> _speaks = [];
    private int _waiting;

    /// <param name="keeps">Whether what is spoken now may stay on the disk for others.</param>
    public async Task<Spoken> SpeakAsync(string sentence, Language language, bool keeps, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(sentence);
        if (options.Value.Program.Length == 0)
        {
            return new(null);
        }

        string text;
        try
        {
            text = SpokenFormulas.In(sentence, language);
        }
        catch (RegexMatchTimeoutException)
        {
            return new(null, Silence.Busy);
        }

        if (text.Length is 0 or > Longest)
        {
            return new(null, Silence.NothingToSay);
        }

        var name = SpokenSentences.NameOf(text, language, options.Value.WordsAMinute);
        if (kept.Find(name) is { } spoken)
        {
            return new(spoken);
        }

        if (Interlocked.Increment(ref _waiting) > MostWaiting + 1)
        {
            Interlocked.Decrement(ref _waiting);
            return new(null, Silence.Busy);
        }

        try
        {
            await _turn.WaitAsync(cancellationToken);
            try
            {
                return kept.Find(name) is { } meanwhile ? new(meanwhile) : await SpeakNowAsync(text, language, keeps ? name : null, cancellationToken);
            }
            catch (Win32Exception e)
            {
                logger.LogInformation(e, "Speech:Program: {Program} is not installed here", options.Value.Program);
                _speaks[language] = false;
                return new(null);
            }
            finally
            {
                _turn.Release();
            }
        }
        finally
        {
            Interlocked.Decrement(ref _waiting);
        }
    }

    public void Dispose() => _turn.Dispose();

    private async Task<Spoken> SpeakNowAsync(string text, Language language, string? name, CancellationToken cancellationToken)
    {
        if (await SpeaksAsync(language, cancellationToken) is not { } speaks)
        {
            return new(null, Silence.Busy);
        }

        if (!speaks)
        {
            return new(null);
        }

        var wave = await RunAsync(["-v", CodeOf(language), "-s", $"{options.Value.WordsAMinute}", "-b", "1", "--stdin", "--stdout"], text, cancellationToken);
        if (wave is null || SmallWave.Of(wave) is not { } small)
        {
            return new(null, Silence.Busy);
        }

        if (small.Length == 0)
        {
            return new(null, Silence.NothingToSay);
        }

        if (name is not null)
        {
            kept.Keep(name, small);
        }

        return new(small);
    }

    // Its list of voices has a head line, and then the voices: of a language that it does not know there are none. What it could not say this time (null) is asked again.
    private async Task<bool?> SpeaksAsync(Language language, CancellationToken cancellationToken)
    {
        if (_speaks.TryGetValue(language, out var known))
        {
            return known;
        }

        return await RunAsync([$"--voices={CodeOf(language)}"], "", cancellationToken) is not { } voices ? null
            : _speaks[language] = Encoding.UTF8.GetString(voices).Split('\n', StringSplitOptions.RemoveEmptyEntries).Length > 1;
    }

    private static string CodeOf(Language language) => language switch { Language.Kk => "kk", Language.Ru => "ru", Language.En => "en-gb" };

    /// <returns>Null: it did not come to its end, or ended badly.</returns>
    private async Task<byte[]?> RunAsync(string[] arguments, string text, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo(options.Value.Program) { RedirectStandardInput = true, RedirectStandardOutput = true, StandardInputEncoding = new UTF8Encoding(false), UseShellExecute = false };
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        foreach (var other in start.Environment.Keys.Except(PassedOn, StringComparer.Ordinal).ToArray())
        {
            start.Environment.Remove(other);
        }

        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Patience);
        using var process = Process.Start(start);
        if (process is null)
        {
            return null;
        }

        try
        {
            await process.StandardInput.WriteAsync(text.AsMemory(), limit.Token);
            process.StandardInput.Close();
            using var sound = new MemoryStream();
            await process.StandardOutput.BaseStream.CopyToAsync(sound, limit.Token);
            await process.WaitForExitAsync(limit.Token);
            return process.ExitCode == 0 ? sound.ToArray() : null;
        }
        catch (Exception e) when (e is IOException || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            logger.LogInformation(e, "Speech:Program: {Program} did not speak this time", options.Value.Program);
            return null;
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill();
            }
        }
    }
}

/// <summary>Speech takes little: half as many samples, and a byte of each (G.711 mu-law), which every browser plays. A sentence has about 50 KB.</summary>
internal static class SmallWave
{
    private const int Head = 44;
    private const int Bias = 0x84;
    private const int Loudest = 32635;

    /// <returns>Null for what is no WAV file of one channel with 16 bits; empty for one without samples.</returns>
    public static byte[]? Of(ReadOnlySpan<byte> wave)
    {
        // A file that is written to a pipe does not know its own length: the samples go to its end.
        var data = wave.IndexOf("data"u8);
        if (data < 36 || wave.Length < data + 8 || !wave.StartsWith("RIFF"u8) || BinaryPrimitives.ReadInt16LittleEndian(wave[22..]) != 1 || BinaryPrimitives.ReadInt16LittleEndian(wave[34..]) != 16)
        {
            return null;
        }

        var rate = BinaryPrimitives.ReadInt32LittleEndian(wave[24..]) / 2;
        var samples = wave[(data + 8)..];
        var count = samples.Length / 4;
        if (count == 0)
        {
            return [];
        }

        var small = new byte[Head + count];
        "RIFF"u8.CopyTo(small);
        BinaryPrimitives.WriteInt32LittleEndian(small.AsSpan(4), small.Length - 8);
        "WAVEfmt "u8.CopyTo(small.AsSpan(8));
        BinaryPrimitives.WriteInt32LittleEndian(small.AsSpan(16), 16);
        BinaryPrimitives.WriteInt16LittleEndian(small.AsSpan(20), 7);
        BinaryPrimitives.WriteInt16LittleEndian(small.AsSpan(22), 1);
        BinaryPrimitives.WriteInt32LittleEndian(small.AsSpan(24), rate);
        BinaryPrimitives.WriteInt32LittleEndian(small.AsSpan(28), rate);
        BinaryPrimitives.WriteInt16LittleEndian(small.AsSpan(32), 1);
        BinaryPrimitives.WriteInt16LittleEndian(small.AsSpan(34), 8);
        "data"u8.CopyTo(small.AsSpan(36));
        BinaryPrimitives.WriteInt32LittleEndian(small.AsSpan(40), count);
        for (var i = 0; i < count; i++)
        {
            small[Head + i] = MuLaw((BinaryPrimitives.ReadInt16LittleEndian(samples[(4 * i)..]) + BinaryPrimitives.ReadInt16LittleEndian(samples[((4 * i) + 2)..])) / 2);
        }

        return small;
    }

    private static byte MuLaw(int sample)
    {
        var sign = sample < 0 ? 0x80 : 0;
        var size = Math.Min(Math.Abs(sample), Loudest) + Bias;
        var exponent = int.Log2(size) - 7;
        return (byte)~(sign | (exponent << 4) | ((size >> (exponent + 3)) & 0x0F));
    }
}
