using System.Text.Json;

namespace Classroom.Grains;

/// <summary>A small grain's own stream: facts of one type, kept whole. For teachers, students and codes.</summary>
internal sealed class Journal<T>(IFactLog log, string stream, System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> json, TimeProvider time)
{
    private long _version;

    public List<T> Facts { get; } = [];

    /// <summary>When the last fact was written, by the clock of who wrote it.</summary>
    public DateTimeOffset LastAt { get; private set; }

    public async Task LoadAsync(CancellationToken cancellationToken)
    {
        await foreach (var stored in log.ReadAsync(stream, 0, cancellationToken))
        {
            Facts.Add(JsonSerializer.Deserialize(stored.Body, json)!);
            (_version, LastAt) = (stored.Version, stored.At);
        }
    }

    /// <returns>False when another activation wrote first; the grain is then stale and must deactivate.</returns>
    public async Task<bool> AddAsync(string name, T fact)
    {
        var now = time.GetUtcNow();
        var result = await log.AppendAsync(
            stream, _version, Guid.CreateVersion7(),
            [new NewFact(name, """{"role":"system","id":"00000000-0000-0000-0000-000000000000"}""", now, JsonSerializer.Serialize(fact, json))],
            CancellationToken.None);
        if (result.Status != AppendStatus.Appended)
        {
            return false;
        }

        (_version, LastAt) = (result.Version, now);
        Facts.Add(fact);
        return true;
    }
}
