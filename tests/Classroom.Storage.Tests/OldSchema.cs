using System.Security.Cryptography;
using System.Text;

namespace Classroom.Storage.Tests;

/// <summary>A database as the program made it before facts were chained: schema 3, made by the same scripts.</summary>
public static class OldSchema
{
    public static async Task MakeAsync(TestDatabase database)
    {
        var assembly = typeof(IFactLog).Assembly;
        var prefix = $"Classroom.Storage.Migrations.{(database.Settings.Postgres is null ? "sqlite" : "postgres")}.000";
        await database.RunAsync("create table schema_version (number integer primary key, name text not null)");
        foreach (var number in new[] { 1, 2, 3 })
        {
            var name = assembly.GetManifestResourceNames().Single(n => n.StartsWith(prefix + number, StringComparison.Ordinal));
            using var script = new StreamReader(assembly.GetManifestResourceStream(name)!);
            await database.RunAsync(await script.ReadToEndAsync());
            await database.RunAsync($"insert into schema_version values ({number}, 'old')");
        }
    }

    public static Guid CommandOf(string stream, long version) => new(SHA256.HashData(Encoding.UTF8.GetBytes($"{stream} {version}")).AsSpan(0, 16));

    /// <summary>As the old program stored it: with ticks of 100 ns where the database keeps them.</summary>
    public static Task AddAsync(TestDatabase database, string stream, long version) => database.RunAsync(
        $$"""
        insert into facts (stream, version, command_id, name, actor, at, body)
        values ('{{stream}}', {{version}}, '{{CommandOf(stream, version)}}', 'n.1', '{}', '2026-09-01T08:00:00.1234567+00:00', '{"t":"ж"}')
        """);
}
