using System.Reflection;
using System.Text.Json;

namespace Classroom.Tutor.Audit;

/// <param name="Answered">How many cases it answered.</param>
public sealed record AuditedModel(string Host, string Model, int Answered);

/// <param name="Cases">How many cases of it stand in the dossier: one that was taken out is missed.</param>
/// <param name="Files">By name, the SHA-256 of each file of the set.</param>
public sealed record AskedSet(string Name, int Cases, ImmutableSortedDictionary<string, string> Files);

/// <summary>What an audit found. Everything but its cases can be counted anew from them.</summary>
/// <param name="Models">Empty: no model served.</param>
/// <param name="IsEgressWatched">Whether it was observed where the process connects to.</param>
/// <param name="Fingerprint">Of the key that the files are signed with.</param>
public sealed record Dossier(
    string Format, string Version, DateTimeOffset At, double Seconds, ImmutableArray<AuditedModel> Models, bool IsEgressWatched, int Requests, long Tokens, string Fingerprint,
    ImmutableArray<AskedSet> Sets, ImmutableArray<Check> Checks, ImmutableArray<Group> Groups, ImmutableArray<CaseResult> Cases)
{
    /// <summary>Of the file, of the checks and of their limits.</summary>
    public const string FormatNow = "ortaq-audit.1";

    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true, NewLine = "\n", Encoder = LessonJson.Options.Encoder, Converters = { new Camel<FigureOf>() },
        RespectRequiredConstructorParameters = true, RespectNullableAnnotations = true,
    };

    public static string ProductVersion { get; } =
        typeof(Dossier).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "";

    public static Dossier Of(ImmutableArray<CaseResult> cases, ModelOptions? model, bool isEgressWatched, DateTimeOffset at, TimeSpan took, string fingerprint)
    {
        ProviderOptions[] providers = model is not { IsConfigured: true } ? [] : model.Second.IsConfigured ? [model, model.Second] : [model];
        return new Dossier(
            FormatNow, ProductVersion, at, Math.Round(took.TotalSeconds, 1),
            [.. providers.Select(p => (Host: new Uri(p.Endpoint!).Host, p.Model)).Distinct().Select(p => new AuditedModel(p.Host, p.Model!, cases.Count(c => c.By == $"{p.Host}/{p.Model}")))],
            isEgressWatched, cases.Sum(c => c.Requests), cases.Sum(c => (long)c.Tokens), fingerprint,
            [.. cases.GroupBy(c => c.Set).OrderBy(g => g.Key, StringComparer.Ordinal).Select(g => new AskedSet(g.Key, g.Count(), SetTexts.FilesOf(g.Key)))],
            Figures.Of(cases), Figures.Groups(cases), cases);
    }

    public byte[] ToJson() => JsonSerializer.SerializeToUtf8Bytes(this, Options);

    /// <exception cref="JsonException">It is no dossier.</exception>
    public static Dossier FromJson(byte[] json) => JsonSerializer.Deserialize<Dossier>(json, Options) ?? throw new JsonException("It is empty.");
}
