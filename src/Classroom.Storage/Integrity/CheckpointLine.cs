using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Classroom.Storage;

/// <param name="Hash">Hexadecimal.</param>
internal sealed record CheckpointHead(string Stream, long Version, string Hash);

/// <summary>One line of a checkpoint file.</summary>
/// <param name="Sequence">Counts from 1 within its file.</param>
/// <param name="Heads">The heads that moved since the line before.</param>
/// <param name="Previous">SHA-256 of the line before, hexadecimal; zeros in the first.</param>
internal sealed record CheckpointLine(long Sequence, DateTimeOffset Time, IReadOnlyList<CheckpointHead> Heads, string Previous)
{
    public static readonly string NoPrevious = new('0', 2 * FactHash.Size);

    public string ToJson() => JsonSerializer.Serialize(this, CheckpointJson.Default.CheckpointLine);

    public static string HashOf(string line) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(line)));

    /// <returns>Null when this is not a whole line of a checkpoint file.</returns>
    public static CheckpointLine? TryParse(string line)
    {
        try
        {
            return JsonSerializer.Deserialize(line, CheckpointJson.Default.CheckpointLine) is { } parsed
                && parsed.Heads.All(h => h.Hash.Length == 2 * FactHash.Size && h.Hash.All(char.IsAsciiHexDigitLower)) ? parsed : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(CheckpointLine))]
internal sealed partial class CheckpointJson : JsonSerializerContext;
