using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;

namespace Classroom.Silo.Speech;

/// <summary>
/// What was spoken already, as files in the data folder by the hash of their text: a whole class listens to the same sentences. Beyond <c>Speech:CacheMegabytes</c> what was listened to longest ago goes. A disk
/// that is full or read-only only makes that each sentence is spoken anew. Nothing stays longer than 30 days, nor a file that was left half-written.
/// </summary>
public sealed class SpokenSentences(string folder, IOptions<SpeechOptions> options, ILogger<SpokenSentences> logger) : IHostedService
{
    private const int Megabyte = 1024 * 1024;
    private static readonly TimeSpan Longest = TimeSpan.FromDays(30);

    /// <summary>Another process may be writing it just now.</summary>
    private static readonly TimeSpan LongestHalf = TimeSpan.FromMinutes(10);
    private readonly Lock _lock = new();
    private long? _size;

    public static string NameOf(string text, Language language, int wordsAMinute) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{language}/{wordsAMinute}/{text}"))) + ".wav";

    public Task StartAsync(CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            try
            {
                Sweep();
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                logger.LogInformation(e, "What was spoken long ago is not swept away");
            }
        }

        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public byte[]? Find(string name)
    {
        try
        {
            var file = Path.Combine(folder, name);
            if (!File.Exists(file))
            {
                return null;
            }

            var spoken = File.ReadAllBytes(file);
            File.SetLastAccessTimeUtc(file, DateTime.UtcNow);
            return spoken;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    public void Keep(string name, byte[] spoken)
    {
        ArgumentNullException.ThrowIfNull(spoken);
        lock (_lock)
        {
            try
            {
                var limit = (long)options.Value.CacheMegabytes * Megabyte;
                if (spoken.Length > limit)
                {
                    return;
                }

                Directory.CreateDirectory(folder);
                // Whole or not at all: another process reads it as soon as it has its name.
                var half = Path.Combine(folder, Path.GetRandomFileName());
                try
                {
                    File.WriteAllBytes(half, spoken);
                    File.Move(half, Path.Combine(folder, name), overwrite: true);
                }
                finally
                {
                    // Where it was not moved.
                    File.Delete(half);
                }

                _size = (_size ?? Files().Sum(f => f.Length) - spoken.Length) + spoken.Length;
                if (_size > limit)
                {
                    Sweep();
                    _size = Files().Sum(f => f.Length);
                }

                foreach (var file in _size > limit ? Files().OrderBy(f => f.LastAccessTimeUtc).ToArray() : [])
                {
                    if (_size <= limit)
                    {
                        return;
                    }

                    _size -= file.Length;
                    file.Delete();
                }
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                logger.LogInformation(e, "What was spoken is not kept");
            }
        }
    }

    private void Sweep()
    {
        foreach (var file in Directory.Exists(folder) ? new DirectoryInfo(folder).GetFiles() : [])
        {
            if (file.LastWriteTimeUtc < DateTime.UtcNow - (file.Extension == ".wav" ? Longest : LongestHalf))
            {
                file.Delete();
            }
        }
    }

    private FileInfo[] Files() => new DirectoryInfo(folder).GetFiles("*.wav");
}
