using System.IO.Compression;
using System.Text;

namespace Classroom.Tests;

/// <summary>
/// Two databases, one SQLite and one Postgres, that the program of November 2026 wrote in the course of one lesson that has ended and one
/// that goes on: 68 kinds of facts, a snapshot, accounts. They are never made again; the README beside them says how they came about.
/// </summary>
internal static class Yesterday
{
    public const int Streams = 13;
    public const int Facts = 231;
    public const string DigestOfSqlite = "0879183ce85bfa0aeb0233b1b15995b4402384e20445f0d97f83e0c0d0ce429f";
    public const string DigestOfPostgres = "8db54f64b14e7a7c1a567a8cf1c6205133ba5ddb190dfb64f33a0a5e4723de58";
    private static readonly string Folder = Path.Combine(Checkout.Folder, "tests", "Classroom.Storage.Tests", "Yesterday");

    /// <summary>Writes the SQLite database to <paramref name="path"/>.</summary>
    public static void UnpackTo(string path)
    {
        using var packed = Open("ortaq.db.gz");
        using var file = File.Create(path);
        packed.CopyTo(file);
    }

    /// <summary>The SQL that fills an empty Postgres database.</summary>
    public static string Script()
    {
        using var reader = new StreamReader(Open("ortaq.sql.gz"), Encoding.UTF8);
        return reader.ReadToEnd();
    }

    private static GZipStream Open(string name) => new(File.OpenRead(Path.Combine(Folder, name)), CompressionMode.Decompress);
}
