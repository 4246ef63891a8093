using System.Text.Json;
using System.Text.Json.Serialization;

namespace Classroom.Lessons;

/// <summary>A lesson's state as JSON, so that an activation need not replay every fact. Not a record of truth: the facts are.</summary>
public static class LessonSnapshot
{
    /// <summary>
    /// Raised whenever the state's shape changes; older snapshots are then replayed from the facts. A test computes the shape and fails
    /// when it changed and this did not, so that a changed shape is never loaded as defaults.
    /// </summary>
    public const string Format = "lesson.16";

    public static byte[] Encode(LessonState state) => JsonSerializer.SerializeToUtf8Bytes(state, SnapshotContext.Default.LessonState);

    public static bool TryDecode(string format, ReadOnlySpan<byte> body, out LessonState state)
    {
        state = LessonState.Empty;
        if (format != Format)
        {
            return false;
        }

        try
        {
            state = JsonSerializer.Deserialize(body, SnapshotContext.Default.LessonState) ?? state;
            return state.IsOpen;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    IgnoreReadOnlyProperties = true)]
[JsonSerializable(typeof(LessonState))]
internal sealed partial class SnapshotContext : JsonSerializerContext;
