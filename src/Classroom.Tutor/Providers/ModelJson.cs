using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Classroom.Tutor;

/// <summary>Answers that a model gives as JSON: how they are asked for, and how they are found in its words.</summary>
internal static class ModelJson
{
    public static readonly ChatOptions Wanted = new() { MaxOutputTokens = 4000, ResponseFormat = ChatResponseFormat.Json };

    /// <summary>An answer of this schema. A server that knows no schemas is asked for JSON, so the answer is checked all the same.</summary>
    public static ChatOptions Of(string name, JsonElement schema) =>
        new() { MaxOutputTokens = Wanted.MaxOutputTokens, ResponseFormat = ChatResponseFormat.ForJsonSchema(schema, name) };

    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web) { Converters = { new Camel<Verdict>() } };

    /// <returns>Null: there is no such object in the text.</returns>
    public static T? TryParse<T>(string text)
        where T : class
    {
        try
        {
            var (from, to) = (text.IndexOf('{', StringComparison.Ordinal), text.LastIndexOf('}'));
            return from < 0 || to < from ? null : JsonSerializer.Deserialize<T>(text.AsSpan(from, to - from + 1), Options);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
