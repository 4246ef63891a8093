using System.Text.Json;
using System.Text.Json.Serialization;

namespace Classroom.Lessons;

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

internal sealed class TypedKeyConverter : KeyConverter<TypedKey>
{
    private const string Answer = "answer/";

    protected override TypedKey Parse(string text)
    {
        var rest = text[37..];
        return rest.StartsWith(Answer, StringComparison.Ordinal) ? new(Guid.Parse(text.AsSpan(0, 36)), TypedField.Answer, rest[Answer.Length..])
            : new(Guid.Parse(text.AsSpan(0, 36)), TypedField.Idea, rest["idea/".Length..]);
    }

    protected override string Write(TypedKey value) => value.ToString();
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
