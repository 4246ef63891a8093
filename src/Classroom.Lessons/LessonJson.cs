using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using System.Text.Unicode;

namespace Classroom.Lessons;

/// <summary>
/// JSON of stored facts and of the wire: camelCase, enums as camelCase words, nulls left out, Cyrillic not escaped. The types are those that
/// the topics name; no other is ever read or written.
/// </summary>
public static class LessonJson
{
    public static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.Create(UnicodeRanges.All),
        TypeInfoResolver = JsonTypeInfoResolver.Combine([.. Topics.All.Select(t => t.Json), CommonJson.Default]),
    };

    // Every command encodes for three audiences or more: each thread keeps what it writes with, unless a whole view has made it large.
    private const int MostKept = 64 * 1024;

    [ThreadStatic]
    private static (ArrayBufferWriter<byte> Buffer, Utf8JsonWriter Writer)? _own;

    private static readonly JsonWriterOptions WriterOptions = new() { Encoder = Options.Encoder };

    public static JsonTypeInfo<T> Of<T>() => (JsonTypeInfo<T>)Options.GetTypeInfo(typeof(T));

    /// <summary>A UTF-8 JSON array of entity changes.</summary>
    public static byte[] Encode(IEnumerable<EntityChange> changes)
    {
        ArgumentNullException.ThrowIfNull(changes);
        var (buffer, writer) = _own ??= New();
        try
        {
            writer.WriteStartArray();
            foreach (var change in changes)
            {
                writer.WriteStartObject();
                writer.WriteString("k"u8, change.Kind);
                writer.WriteString("id"u8, change.Id);
                writer.WritePropertyName("v"u8);
                if (change.Value is null)
                {
                    writer.WriteNullValue();
                }
                else
                {
                    JsonSerializer.Serialize(writer, change.Value, Options.GetTypeInfo(change.Value.GetType()));
                }

                writer.WriteEndObject();
            }

            writer.WriteEndArray();
            writer.Flush();
            return buffer.WrittenSpan.ToArray();
        }
        finally
        {
            _own = buffer.Capacity > MostKept ? null : _own;
            buffer.ResetWrittenCount();
            writer.Reset();
        }
    }

    private static (ArrayBufferWriter<byte>, Utf8JsonWriter) New()
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        return (buffer, new Utf8JsonWriter(buffer, WriterOptions));
    }
}

/// <summary>What is no topic's own: who acts, what comes back, and lists of plain values.</summary>
[JsonSerializable(typeof(Actor))]
[JsonSerializable(typeof(Reply))]
[JsonSerializable(typeof(ImmutableArray<Tile>))]
[JsonSerializable(typeof(ImmutableArray<Guid>))]
[JsonSerializable(typeof(ImmutableArray<int>))]
internal sealed partial class CommonJson : JsonSerializerContext;

/// <summary>An enum as a camelCase word; an unknown word is an error, a number is too.</summary>
public sealed class Camel<T>() : JsonStringEnumConverter<T>(JsonNamingPolicy.CamelCase, allowIntegerValues: false) where T : struct, Enum;
