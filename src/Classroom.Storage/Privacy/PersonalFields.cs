using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;

namespace Classroom.Storage;

/// <summary>
/// Which properties of which facts are a child's, by the facts' stored names, with what stands in their place once nobody can read them. Takes them
/// out of a fact's JSON and puts them back.
/// </summary>
/// <param name="placeholders">Fact name, then property, then JSON.</param>
/// <param name="owners">Begins to read a lesson's facts, to tell whose each is.</param>
public sealed class PersonalFields(IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> placeholders, Func<IFactOwners> owners)
{
    private const string Sealed = "sealed";

    // Quotation marks inside a text are escaped, so nothing that somebody wrote looks like it.
    private const string Mark = "\"sealed\":{\"of\":\"";

    // The length of a word says something of it.
    private const int PadTo = 32;
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) };

    public IEnumerable<string> Facts => placeholders.Keys;

    public bool AreIn(string fact) => placeholders.ContainsKey(fact);

    public static bool IsSealed(string body)
    {
        ArgumentNullException.ThrowIfNull(body);
        return body.Contains(Mark, StringComparison.Ordinal);
    }

    /// <summary>Whether it holds something of a child that is not sealed, as facts of before do.</summary>
    public bool AreOpenIn(string fact, string body) => AreIn(fact) && !IsSealed(body) && Take(fact, body) is not null;

    public IFactOwners Owners() => owners();

    /// <summary>The child whose key opens it, and what it opens; null when nothing in it is sealed.</summary>
    internal static (Guid Child, byte[] Bytes)? SealOf(string body)
    {
        if (!IsSealed(body))
        {
            return null;
        }

        var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(body));
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isSealed = reader.ValueTextEquals(Sealed);
            reader.Read();
            if (isSealed)
            {
                using var seal = JsonDocument.ParseValue(ref reader);
                return (seal.RootElement.GetProperty("of").GetGuid(), seal.RootElement.GetProperty("data").GetBytesFromBase64());
            }

            reader.Skip();
        }

        return null;
    }

    /// <summary>The child's properties alone, as JSON of a padded length; null when it has none.</summary>
    internal byte[]? Take(string fact, string body)
    {
        var fields = placeholders[fact];
        var (out_, any) = Write((name, writer, value) => fields.ContainsKey(name) && Copy(name, writer, value), body);
        var padded = (out_.Length + PadTo - 1) / PadTo * PadTo;
        return !any ? null : [.. out_, .. Enumerable.Repeat((byte)' ', padded - out_.Length)];
    }

    /// <summary>All but the child's properties, and in their place what is sealed.</summary>
    internal string Without(string fact, string body, Guid child, byte[] bytes)
    {
        var fields = placeholders[fact];
        return Encoding.UTF8.GetString(Write((name, writer, value) => !fields.ContainsKey(name) && Copy(name, writer, value), body, writer =>
        {
            writer.WriteStartObject(Sealed);
            writer.WriteString("of"u8, child);
            writer.WriteBase64String("data"u8, bytes);
            writer.WriteEndObject();
        }).Json);
    }

    /// <summary>The fact as it was.</summary>
    internal static string With(string body, ReadOnlySpan<byte> taken)
    {
        var own = Encoding.UTF8.GetString(taken);
        return Encoding.UTF8.GetString(Write(Open, body, writer => Each(own, (name, value) => Copy(name, writer, value))).Json);
    }

    /// <summary>The fact of a child that was forgotten: without a word, whether it was sealed or is of before.</summary>
    internal string Unreadable(string fact, string body)
    {
        var fields = placeholders[fact];
        return Encoding.UTF8.GetString(Write((name, writer, value) => !fields.ContainsKey(name) && Open(name, writer, value), body, writer =>
        {
            foreach (var (name, json) in fields)
            {
                writer.WritePropertyName(name);
                writer.WriteRawValue(json);
            }
        }).Json);
    }

    private static bool Open(string name, Utf8JsonWriter writer, ReadOnlySpan<byte> value) => name != Sealed && Copy(name, writer, value);

    private static bool Copy(string name, Utf8JsonWriter writer, ReadOnlySpan<byte> value)
    {
        writer.WritePropertyName(name);
        writer.WriteRawValue(value, skipInputValidation: true);
        return true;
    }

    private static (byte[] Json, bool Any) Write(Keep keep, string body, Action<Utf8JsonWriter>? more = null)
    {
        var buffer = new ArrayBufferWriter<byte>(body.Length + 128);
        using var writer = new Utf8JsonWriter(buffer, Options);
        var any = false;
        writer.WriteStartObject();
        Each(body, (name, value) => any |= keep(name, writer, value));
        more?.Invoke(writer);
        writer.WriteEndObject();
        writer.Flush();
        return (buffer.WrittenSpan.ToArray(), any);
    }

    private static void Each(string json, Property each)
    {
        var bytes = Encoding.UTF8.GetBytes(json);
        var reader = new Utf8JsonReader(bytes);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = reader.GetString()!;
            reader.Read();
            var start = (int)reader.TokenStartIndex;
            reader.Skip();
            each(name, bytes.AsSpan(start..(int)reader.BytesConsumed));
        }
    }

    private delegate bool Keep(string name, Utf8JsonWriter writer, ReadOnlySpan<byte> value);

    private delegate void Property(string name, ReadOnlySpan<byte> value);
}
