using System.Text.Json.Serialization;

namespace Classroom.Lessons;

/// <summary>Interface and explanation languages. On the wire: <c>kk</c>, <c>ru</c>, <c>en</c>.</summary>
[JsonConverter(typeof(Camel<Language>))]
public enum Language { Kk, Ru, En }

/// <summary>How demanding an explanation is. On the wire: <c>simple</c>, <c>standard</c>, <c>advanced</c>.</summary>
[JsonConverter(typeof(Camel<Level>))]
public enum Level { Simple, Standard, Advanced }

[JsonConverter(typeof(Camel<StepKind>))]
public enum StepKind { Explain, Discuss, Ask, Make, Reflect, Unplugged }

[JsonConverter(typeof(Camel<QuestionKind>))]
public enum QuestionKind { Single, Multiple, Scale, Open, WordCloud }

/// <summary>What a student may use AI for in a task: nothing, questions only, or help with a draft.</summary>
[JsonConverter(typeof(Camel<AiPolicy>))]
public enum AiPolicy { None, Ask, Draft }

[JsonConverter(typeof(Camel<LessonPhase>))]
public enum LessonPhase { Lobby, Live, Ended }

[JsonConverter(typeof(Camel<Role>))]
public enum Role { Student, Teacher, Mentor, Board, Admin, System, Helper }

/// <summary>How well a descriptor is met. It is never a number: a mark is the teacher's alone.</summary>
[JsonConverter(typeof(Camel<Verdict>))]
public enum Verdict { NotYet, Partly, Met }

/// <summary>How an explanation, or a part of it, is to be written.</summary>
[JsonConverter(typeof(Camel<ExplainMode>))]
public enum ExplainMode { Plain, Simpler, Life, Story, Steps }

/// <summary>One text in the three languages of the product.</summary>
[GenerateSerializer, Immutable]
public sealed record Trilingual([property: Id(0)] string Kk, [property: Id(1)] string Ru, [property: Id(2)] string En)
{
    public static Trilingual Same(string text) => new(text, text, text);

    public string In(Language language) => language switch { Language.Kk => Kk, Language.Ru => Ru, Language.En => En };

    /// <summary>The text in each language, in their order.</summary>
    public IEnumerable<string> Each() => Enum.GetValues<Language>().Select(In);
}

/// <summary>A (language, level) pair an explanation is written in; its text form is <c>kk-simple</c>.</summary>
[GenerateSerializer, Immutable]
public readonly record struct Variant([property: Id(0)] Language Language, [property: Id(1)] Level Level)
{
    public override string ToString() => $"{Language}-{Level}".ToLowerInvariant();

    public static bool TryParse(string? text, out Variant variant)
    {
        variant = default;
        var parts = text?.Split('-');
        if (parts is not { Length: 2 } || parts[0].Length != 2
            || !Enum.TryParse(parts[0], ignoreCase: true, out Language language) || !Enum.IsDefined(language)
            || !Enum.TryParse(parts[1], ignoreCase: true, out Level level) || !Enum.IsDefined(level))
        {
            return false;
        }

        // One spelling each: what is kept by its text must not be kept twice.
        variant = new(language, level);
        return string.Equals(variant.ToString(), text, StringComparison.Ordinal);
    }
}

/// <summary>Who speaks. <paramref name="Id"/> is the account of a teacher or mentor, the seat of a student, what a board's or a helper's ticket names, else empty.</summary>
[GenerateSerializer, Immutable]
public sealed record Actor([property: Id(0)] Role Role, [property: Id(1)] Guid Id, [property: Id(2)] string? Name = null)
{
    public static readonly Actor System = new(Role.System, Guid.Empty);
}

/// <summary>Where an AI text comes from; stored with it and shown on a tap.</summary>
/// <param name="Provider">"prepared" for the kit author's text, else the provider's name.</param>
/// <param name="Tokens">Input plus output tokens, 0 for prepared text.</param>
/// <param name="Milliseconds">From request to last token.</param>
/// <param name="Cached">The same answer was given before and is replayed; it cost nothing.</param>
/// <param name="Cause">Why prepared text stands in for the model (a code of the tutor), or null.</param>
/// <param name="AgainInSeconds">With a cause: the model may be asked again then, where it said so.</param>
[GenerateSerializer, Immutable]
public sealed record Provenance(
    [property: Id(0)] string Provider,
    [property: Id(1)] string Model,
    [property: Id(2)] string Template,
    [property: Id(3)] int Tokens,
    [property: Id(4)] long Milliseconds,
    [property: Id(5)] bool Cached,
    [property: Id(6)] string? Cause = null,
    [property: Id(7)] int? AgainInSeconds = null)
{
    public const string PreparedProvider = "prepared";

    [JsonIgnore]
    public bool IsPrepared => Provider == PreparedProvider;

    /// <summary>When the model may be asked again.</summary>
    /// <param name="told">When this was stored.</param>
    internal DateTimeOffset? AgainAt(DateTimeOffset told) => AgainAt(told, AgainInSeconds);

    internal static DateTimeOffset? AgainAt(DateTimeOffset told, int? seconds) => seconds is { } s ? told.AddSeconds(s) : null;
}
