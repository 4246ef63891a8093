using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using Classroom.Silo.Cli;

namespace Classroom.Silo.Realtime;

/// <summary>
/// The JSON schema of everything on the hub: each command's fields, each entity's value, each message's arguments. The web client's types are
/// generated from it, so that nothing is declared in two languages. <c>Classroom.Silo wire-schema FILE</c> writes it.
/// </summary>
public static class WireSchema
{
    public const string Name = "wire-schema";
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    /// <returns>The exit code.</returns>
    public static int Write(string file)
    {
        GeneratedFile.Write(file, Document().ToJsonString(Indented) + "\n");
        return 0;
    }

    public static JsonObject Document()
    {
        var definitions = new Definitions();
        var entities = typeof(Entity).Assembly.GetTypes().Where(t => t.IsSubclassOf(typeof(Entity)))
            .OrderBy(t => EntityKey.KindOf(t).Kind, StringComparer.Ordinal);
        var commands = Lesson.Commands.All.Where(c => !c.ServerOnly && (c.Allows(Role.Student) || c.Allows(Role.Teacher) || c.Allows(Role.Mentor) || c.Allows(Role.Board) || c.Allows(Role.Helper))).OrderBy(c => c.Name, StringComparer.Ordinal);
        return new JsonObject
        {
            ["title"] = "Wire",
            ["type"] = "object",
            ["properties"] = new JsonObject
            {
                ["commands"] = Map("Commands", commands.Select(c => (c.Name, Fields(c, definitions)))),
                ["entities"] = Map("Entities", entities.Select(e => (EntityKey.KindOf(e).Kind, definitions.Reference(e)))),
                ["messages"] = Map("Messages", typeof(IClassroomClient).GetMethods().Select(m => (m.Name, Arguments(m, definitions)))),
                ["reply"] = definitions.Reference(typeof(Reply)),
                ["syncReply"] = definitions.Reference(typeof(SyncReply)),
            },
            ["required"] = new JsonArray("commands", "entities", "messages", "reply", "syncReply"),
            ["$defs"] = definitions.All,
        };
    }

    // A mentor is in no classroom, and names one in the fields.
    private static JsonObject Fields(CommandType command, Definitions definitions) => !command.Allows(Role.Mentor) ? definitions.Reference(command.Type)
        : new JsonObject
        {
            ["allOf"] = new JsonArray(definitions.Reference(command.Type), new JsonObject
            {
                ["type"] = "object",
                ["properties"] = new JsonObject { ["classroomId"] = new JsonObject { ["type"] = "string", ["format"] = "uuid" } },
            }),
        };

    private static JsonObject Map(string title, IEnumerable<(string Name, JsonObject Schema)> entries)
    {
        var all = entries.ToList();
        return new JsonObject
        {
            ["title"] = title,
            ["type"] = "object",
            ["properties"] = new JsonObject(all.Select(e => KeyValuePair.Create(e.Name, (JsonNode?)e.Schema))),
            ["required"] = new JsonArray([.. all.Select(e => (JsonNode)e.Name)]),
        };
    }

    // Arguments have an order on the wire: a tuple.
    private static JsonObject Arguments(MethodInfo method, Definitions definitions)
    {
        var items = method.GetParameters().Select(p => p.ParameterType == typeof(RawJson)
            ? new JsonObject { ["type"] = "array", ["items"] = definitions.Reference(typeof(EntityChange)) }
            : p.ParameterType == typeof(string) && IsVariant(p.Name) ? definitions.Variant() : definitions.Of(p.ParameterType)).ToArray();
        return new JsonObject { ["type"] = "array", ["minItems"] = items.Length, ["maxItems"] = items.Length, ["items"] = new JsonArray([.. items]) };
    }

    // A variant travels as text: in records it is a string of that name.
    private static bool IsVariant(string? name) => name?.EndsWith("variant", StringComparison.OrdinalIgnoreCase) == true;

    /// <summary>Every record and enum once, under its name.</summary>
    private sealed class Definitions
    {
        private readonly SortedDictionary<string, JsonNode> _all = new(StringComparer.Ordinal);

        public JsonObject All => new(_all.Select(d => KeyValuePair.Create(d.Key, (JsonNode?)d.Value.DeepClone())));

        public JsonObject Reference(Type type)
        {
            if (_all.TryAdd(type.Name, new JsonObject()))
            {
                _all[type.Name] = type == typeof(EntityChange) ? Change() : Of(type, root: true);
            }

            return new JsonObject { ["$ref"] = "#/$defs/" + type.Name };
        }

        /// <summary>A language and a level: <c>kk-simple</c>.</summary>
        public JsonObject Variant()
        {
            Reference(typeof(Language));
            Reference(typeof(Level));
            _all.TryAdd("Variant", new JsonObject { ["type"] = "string", ["pattern"] = $"^({Names<Language>()})-({Names<Level>()})$" });
            return new JsonObject { ["$ref"] = "#/$defs/Variant" };
        }

        private static string Names<T>() where T : struct, Enum => string.Join('|', Enum.GetNames<T>().Select(JsonNamingPolicy.CamelCase.ConvertName));

        public JsonNode Of(Type type, bool root = false)
        {
            var options = new JsonSerializerOptions(LessonJson.Options);
            HubSetup.SpeakLessonJson(options);
            var schema = options.GetJsonSchemaAsNode(type, new JsonSchemaExporterOptions
            {
                TreatNullObliviousAsNonNullable = true,
                TransformSchemaNode = (context, node) =>
                    IsNamed(context.TypeInfo.Type) && !(root && context.Path.IsEmpty) ? Named(Reference(Plain(context.TypeInfo.Type)), node)
                    : context.TypeInfo.Type == typeof(string) && IsVariant(context.PropertyInfo?.Name) ? Named(Variant(), node) : node,
            });
            return Optional(schema, type.IsSubclassOf(typeof(Command)));
        }

        // A nullable reference is left out when it is null, like everything that is null.
        private static JsonObject Named(JsonObject reference, JsonNode node)
        {
            if (IsNullable(node))
            {
                reference["nullable"] = true;
            }

            return reference;
        }

        private static Type Plain(Type type) => Nullable.GetUnderlyingType(type) ?? type;

        private static bool IsNamed(Type type)
        {
            var plain = Plain(type);
            return plain.Namespace?.StartsWith("Classroom.", StringComparison.Ordinal) == true && !plain.IsGenericType;
        }

        private static bool IsNullable(JsonNode? node) =>
            node is JsonObject o && (o["type"] is JsonArray types && types.Any(t => t!.GetValue<string>() == "null")
                || o["enum"] is JsonArray values && values.Contains(null) || o["nullable"] is not null);

        /// <param name="read">The server reads it: what has a default may be left out. What it writes is whole.</param>
        private static JsonNode Optional(JsonNode node, bool read = false)
        {
            if (node is not JsonObject schema)
            {
                return node;
            }

            if (schema["properties"] is JsonObject properties)
            {
                schema["required"] = new JsonArray([.. properties.Where(p => !IsNullable(p.Value) && !(read && p.Value is JsonObject o && o.ContainsKey("default"))).Select(p => (JsonNode)p.Key)]);
                foreach (var (name, value) in properties.ToList())
                {
                    properties[name] = Plain(value!.DeepClone());
                }
            }

            return schema;
        }

        private static JsonNode Plain(JsonNode node)
        {
            if (node is JsonObject o)
            {
                o.Remove("nullable");
                o.Remove("default");
                if (o["type"] is JsonArray types)
                {
                    var kept = types.Select(t => t!.GetValue<string>()).Where(t => t != "null").ToList();
                    o["type"] = kept.Count == 1 ? kept[0] : new JsonArray([.. kept.Select(t => (JsonNode)t)]);
                }

                if (o["enum"] is JsonArray values)
                {
                    o["enum"] = new JsonArray([.. values.Where(v => v is not null).Select(v => v!.DeepClone())]);
                }
            }

            return Optional(node);
        }

        private static JsonObject Change() => new()
        {
            ["type"] = "object",
            ["properties"] = new JsonObject { ["k"] = new JsonObject { ["type"] = "string" }, ["id"] = new JsonObject { ["type"] = "string" }, ["v"] = new JsonObject() },
            ["required"] = new JsonArray("k", "id"),
        };
    }
}
