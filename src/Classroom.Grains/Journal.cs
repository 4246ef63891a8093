using System.Text.Json;

namespace Classroom.Grains;

/// <summary>A small grain's own stream: facts of one type, kept whole. For teachers, students and codes.</summary>
internal sealed class Journal<T>(IFactLog log, string stream, System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> json, TimeProvider time)
{
    private long _version;

    public List<T> Facts { get; } = [];

    public async Task LoadAsync(CancellationToken cancellationToken)
    {
        await foreach (var stored in log.ReadAsync(stream, 0, cancellationToken))
        {
            Facts.Add(JsonSerializer.Deserialize(stored.Body, json)!);
            _version = stored.Version;
        }
    }

    /// <returns>False when another activation wrote first; the grain is then stale and must deactivate.</returns>
    public async Task<bool> AddAsync(string name, T fact)
    {
        var result = await log.AppendAsync(
            stream, _version, Guid.CreateVersion7(),
            [new NewFact(name, """{"role":"system","id":"00000000-0000-0000-0000-000000000000"}""", time.GetUtcNow(), JsonSerializer.Serialize(fact, json))],
            CancellationToken.None);
        if (result.Status != AppendStatus.Appended)
        {
            return false;
        }

        _version = result.Version;
        Facts.Add(fact);
        return true;
    }
}
