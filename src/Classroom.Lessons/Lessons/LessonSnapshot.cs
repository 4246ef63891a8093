using System.Text.Json;
using System.Text.Json.Serialization;

namespace Classroom.Lessons;

/// <summary>A lesson's state as JSON, so that an activation need not replay every fact. Not a record of truth: the facts are.</summary>
public static class LessonSnapshot
{
    /// <summary>Raised whenever the state's shape changes; older snapshots are then replayed from the facts.</summary>
    public const string Format = "lesson.2";

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

/// <summary>Lets a small value stand as a JSON property name.</summary>
internal abstract class KeyConverter<T> : JsonConverter<T> where T : struct
{
    protected abstract T Parse(string text);

    protected abstract string Write(T value);

    public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => Parse(reader.GetString()!);

    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => writer.WriteStringValue(Write(value));

    public override T ReadAsPropertyName(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => Parse(reader.GetString()!);

    public override void WriteAsPropertyName(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => writer.WritePropertyName(Write(value));
}

internal sealed class WorkKeyConverter : KeyConverter<WorkKey>
{
    protected override WorkKey Parse(string text) => new(Guid.Parse(text.AsSpan(0, 36)), text[37..]);

    protected override string Write(WorkKey value) => value.ToString();
}

internal sealed class AnswerKeyConverter : KeyConverter<AnswerKey>
{
    protected override AnswerKey Parse(string text)
    {
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        return new(int.Parse(text.AsSpan(0, slash), System.Globalization.CultureInfo.InvariantCulture), Guid.Parse(text.AsSpan(slash + 1)));
    }

    protected override string Write(AnswerKey value) => $"{value.Round}/{value.StudentId}";
}
