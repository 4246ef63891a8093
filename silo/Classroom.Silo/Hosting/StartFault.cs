using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Options;

namespace Classroom.Silo.Hosting;

/// <summary>What an operator reads when the program cannot start: a sentence for each setting that is wrong, and no stack.</summary>
public static class StartFault
{
    /// <summary>Why something could not be used, on one line. What SQLite says of a disk without room is not always that.</summary>
    internal static string Cause(Exception fault) => fault.Message.ReplaceLineEndings(" ").TrimEnd('.', ' ')
        + (fault is SqliteException { SqliteErrorCode: SQLitePCL.raw.SQLITE_FULL or SQLitePCL.raw.SQLITE_IOERR } ? "; is there room on its disk?" : "");

    /// <returns>Null for what is a fault of the program and not of its settings.</returns>
    public static string? Sentence(Exception fault) => fault switch
    {
        SettingException e => e.Message,
        OptionsValidationException e => string.Join('\n', e.Failures),
        AggregateException e when e.InnerExceptions.Select(Sentence).ToList() is var all && all.TrueForAll(s => s is not null) => string.Join('\n', all),
        StackExchange.Redis.RedisException e => $"ConnectionStrings:Redis: it does not answer ({e.Message.ReplaceLineEndings(" ").TrimEnd('.', ' ')}).",
        // Kestrel's own words name the address and why.
        IOException e when e.Message.StartsWith("Failed to bind to address", StringComparison.Ordinal) => $"Urls: {e.Message}",
        System.Net.Sockets.SocketException e => $"Urls: an address cannot be listened on ({e.Message}).",
        // What the framework says of its own settings: addresses, certificates, log levels.
        InvalidOperationException or FormatException or ArgumentException => $"It cannot start as it is configured: {fault.Message.ReplaceLineEndings(" ").TrimEnd('.', ' ')}.",
        System.Security.Cryptography.CryptographicException e => $"It cannot start as it is configured: a certificate or its key cannot be read ({Cause(e)}).",
        _ => null,
    };
}
