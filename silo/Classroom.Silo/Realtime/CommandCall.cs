using System.Text.Json;
using System.Text.Json.Serialization;

namespace Classroom.Silo.Realtime;

/// <summary>
/// The argument of <c>Execute</c>: <c>{"id": idempotency key, "name": command, "fields": {...}, "for": [students on this phone]}</c>, when it is sent again with <c>"waited"</c>, the milliseconds since the first try. What cannot be read becomes a refusal
/// and not an error of the protocol.
/// </summary>
/// <param name="Type">The command's type, or null when there is none of that name.</param>
/// <param name="Command">Null when the fields are not those of the command.</param>
/// <param name="ClassroomId">Only a mentor, who is in no classroom, names one in the fields.</param>
[JsonConverter(typeof(CommandCallConverter))]
public sealed record CommandCall(Guid Id, CommandType? Type, Command? Command, Guid? ClassroomId)
{
    public static readonly CommandCall Malformed = new(Guid.Empty, null, null, null);

    /// <summary>SignalR writes its calls into the log at Debug: no word of a child is in it.</summary>
    public override string ToString() => $"{Type?.Name ?? "unknown"} {Id}";

    /// <summary>For whom of the children on this phone it is; empty: for whose ticket it came by.</summary>
    public ImmutableArray<Guid> For { get; init; } = [];

    /// <summary>What the browser says this command has waited for already; null at its first try.</summary>
    public TimeSpan? Waited { get; init; }
}

/// <summary>Reads the fields once, straight into the command that the name says: the client sends the name before the fields.</summary>
public sealed class CommandCallConverter : JsonConverter<CommandCall>
{
    private const long MaxWaitMilliseconds = 60_000;

    // More than a phone has; what comes beyond them is nobody.
    private const int MostNamed = 8;

    public override bool HandleNull => true;

    public override CommandCall Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var start = reader;
        try
        {
            return reader.TokenType == JsonTokenType.StartObject ? ReadCall(ref reader) : Skip(ref reader, start);
        }
        catch (Exception e) when (e is JsonException or FormatException or InvalidOperationException or NotSupportedException)
        {
            return Skip(ref reader, start);
        }
    }

    public override void Write(Utf8JsonWriter writer, CommandCall value, JsonSerializerOptions options) =>
        throw new NotSupportedException("Calls are only ever received.");

    private static CommandCall ReadCall(ref Utf8JsonReader reader)
    {
        var id = Guid.Empty;
        TimeSpan? waited = null;
        ImmutableArray<Guid> children = [];
        string? name = null;
        Utf8JsonReader fields = default;
        var hasFields = false;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("id"u8))
            {
                reader.Read();
                id = TextOf(ref reader) is { } text && Guid.TryParseExact(text, "D", out var parsed) ? parsed : Guid.Empty;
            }
            else if (reader.ValueTextEquals("name"u8))
            {
                reader.Read();
                name = TextOf(ref reader);
            }
            else if (reader.ValueTextEquals("waited"u8))
            {
                reader.Read();
                waited = WaitOf(ref reader);
            }
            else if (reader.ValueTextEquals("for"u8))
            {
                reader.Read();
                children = ChildrenOf(ref reader);
            }
            else if (reader.ValueTextEquals("fields"u8))
            {
                reader.Read();
                fields = reader;
                hasFields = true;
                reader.Skip();
            }
            else
            {
                reader.Read();
                reader.Skip();
            }
        }

        var type = name is null ? null : Lesson.Commands.Find(name);
        return !hasFields || type is null ? new CommandCall(id, type, null, null) { Waited = waited, For = children }
            : new CommandCall(id, type, CommandOf(fields, type), type.Allows(Role.Mentor) ? ClassroomOf(fields) : null) { Waited = waited, For = children };
    }

    // What names nobody is nobody of this phone: it is refused as that.
    private static ImmutableArray<Guid> ChildrenOf(ref Utf8JsonReader reader)
    {
        if (reader.TokenType == JsonTokenType.Null)
        {
            return [];
        }

        if (reader.TokenType != JsonTokenType.StartArray)
        {
            reader.Skip();
            return [Guid.Empty];
        }

        var children = ImmutableArray.CreateBuilder<Guid>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            var child = TextOf(ref reader) is { } text && Guid.TryParseExact(text, "D", out var parsed) ? parsed : Guid.Empty;
            if (children.Count < MostNamed)
            {
                children.Add(child);
            }
        }

        return children.ToImmutable();
    }

    // It only makes a figure: what is no likely wait is none.
    private static TimeSpan? WaitOf(ref Utf8JsonReader reader)
    {
        if (reader.TokenType == JsonTokenType.Number && reader.TryGetInt64(out var milliseconds) && milliseconds is > 0 and <= MaxWaitMilliseconds)
        {
            return TimeSpan.FromMilliseconds(milliseconds);
        }

        reader.Skip();
        return null;
    }

    private static Command? CommandOf(Utf8JsonReader fields, CommandType type)
    {
        try
        {
            return fields.TokenType != JsonTokenType.StartObject ? null
                : (Command?)JsonSerializer.Deserialize(ref fields, LessonJson.Options.GetTypeInfo(type.Type));
        }
        catch (Exception e) when (e is JsonException or FormatException or InvalidOperationException or NotSupportedException)
        {
            return null;
        }
    }

    private static Guid? ClassroomOf(Utf8JsonReader fields)
    {
        if (fields.TokenType != JsonTokenType.StartObject)
        {
            return null;
        }

        while (fields.Read() && fields.TokenType == JsonTokenType.PropertyName)
        {
            var named = fields.ValueTextEquals("classroomId"u8);
            fields.Read();
            if (named)
            {
                return TextOf(ref fields) is { } text && Guid.TryParseExact(text, "D", out var id) ? id : null;
            }

            fields.Skip();
        }

        return null;
    }

    // Half a surrogate pair is well-formed JSON and no text.
    private static string? TextOf(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.String)
        {
            reader.Skip();
            return null;
        }

        try
        {
            return reader.GetString();
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    private static CommandCall Skip(ref Utf8JsonReader reader, Utf8JsonReader start)
    {
        reader = start;
        reader.Skip();
        return CommandCall.Malformed;
    }
}
