using System.Collections.Frozen;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using System.Text.Unicode;

namespace Classroom.Lessons;

/// <summary>
/// The stable name and version of every fact, and its JSON. A stored name is never reused and never renamed; a change of shape that old
/// JSON does not survive is a new version beside the old one. Golden files in the tests hold yesterday's facts.
/// </summary>
public static class FactCatalogue
{
    private static readonly JsonSerializerOptions Options = new(FactContext.Default.Options)
    {
        Encoder = JavaScriptEncoder.Create(UnicodeRanges.All),
    };

    private static readonly FrozenDictionary<string, Type> ByName = FrozenDictionary.ToFrozenDictionary(
        typeof(FactContext).GetProperties().Select(p => p.PropertyType)
            .Where(t => t.IsGenericType && t.GetGenericTypeDefinition() == typeof(JsonTypeInfo<>)).Select(t => t.GetGenericArguments()[0])
            .Where(t => t.IsSubclassOf(typeof(Fact))),
        NameOf);

    public static IEnumerable<Type> Types => ByName.Values;

    /// <summary>For example <c>answer-given.1</c>.</summary>
    public static string NameOf(Type fact)
    {
        ArgumentNullException.ThrowIfNull(fact);
        return JsonNamingPolicy.KebabCaseLower.ConvertName(fact.Name) + ".1";
    }

    public static byte[] Encode(Fact fact)
    {
        ArgumentNullException.ThrowIfNull(fact);
        return JsonSerializer.SerializeToUtf8Bytes(fact, Options.GetTypeInfo(fact.GetType()));
    }

    /// <exception cref="InvalidDataException">The name is unknown: the log was written by a newer version.</exception>
    public static Fact Decode(string name, ReadOnlySpan<byte> json)
    {
        var type = ByName.GetValueOrDefault(name) ?? throw new InvalidDataException($"Unknown fact '{name}': written by a newer version?");
        return (Fact?)JsonSerializer.Deserialize(json, Options.GetTypeInfo(type)) ?? throw new InvalidDataException($"Fact '{name}' is null.");
    }

    public static byte[] EncodeActor(Actor actor) => JsonSerializer.SerializeToUtf8Bytes(actor, FactContext.Default.Actor);

    public static Actor DecodeActor(ReadOnlySpan<byte> json) => JsonSerializer.Deserialize(json, FactContext.Default.Actor)!;
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    Converters = [
        typeof(Camel<Language>), typeof(Camel<Level>), typeof(Camel<StepKind>), typeof(Camel<QuestionKind>), typeof(Camel<AiPolicy>),
        typeof(Camel<Role>), typeof(Camel<Verdict>), typeof(Camel<ExplainMode>)])]
[JsonSerializable(typeof(Actor))]
[JsonSerializable(typeof(LessonOpened))]
[JsonSerializable(typeof(LessonStarted))]
[JsonSerializable(typeof(StepStarted))]
[JsonSerializable(typeof(LessonEnded))]
[JsonSerializable(typeof(LessonReopened))]
[JsonSerializable(typeof(LobbyLocked))]
[JsonSerializable(typeof(LobbyUnlocked))]
[JsonSerializable(typeof(BoardVariantSet))]
[JsonSerializable(typeof(AiSwitched))]
[JsonSerializable(typeof(AiPolicySet))]
[JsonSerializable(typeof(SeatTaken))]
[JsonSerializable(typeof(DeviceRequested))]
[JsonSerializable(typeof(DeviceApproved))]
[JsonSerializable(typeof(DeviceRefused))]
[JsonSerializable(typeof(StudentRemoved))]
[JsonSerializable(typeof(StudentRenamed))]
[JsonSerializable(typeof(PreferencesChanged))]
[JsonSerializable(typeof(TempoSet))]
[JsonSerializable(typeof(TempoExpired))]
[JsonSerializable(typeof(HandRaised))]
[JsonSerializable(typeof(HandLowered))]
[JsonSerializable(typeof(HandClaimed))]
[JsonSerializable(typeof(HandAnswered))]
[JsonSerializable(typeof(ExplanationRequested))]
[JsonSerializable(typeof(ExplanationFinished))]
[JsonSerializable(typeof(ExplanationFailed))]
[JsonSerializable(typeof(ExplanationStopped))]
[JsonSerializable(typeof(ConfusionPressed))]
[JsonSerializable(typeof(ConfusionReleased))]
[JsonSerializable(typeof(QuestionAsked))]
[JsonSerializable(typeof(QuestionClosed))]
[JsonSerializable(typeof(ResultsRevealed))]
[JsonSerializable(typeof(QuestionAskedAgain))]
[JsonSerializable(typeof(AnswerGiven))]
[JsonSerializable(typeof(AnswerPicked))]
[JsonSerializable(typeof(PromptsRequested))]
[JsonSerializable(typeof(PromptsProposed))]
[JsonSerializable(typeof(PromptsFailed))]
[JsonSerializable(typeof(PromptPicked))]
[JsonSerializable(typeof(TeamsFormed))]
[JsonSerializable(typeof(MovedToTeam))]
[JsonSerializable(typeof(Contributed))]
[JsonSerializable(typeof(ContributionsShared))]
[JsonSerializable(typeof(UpvoteGiven))]
[JsonSerializable(typeof(UpvoteTaken))]
[JsonSerializable(typeof(ContributionHidden))]
[JsonSerializable(typeof(DraftSaved))]
[JsonSerializable(typeof(WorkHandedIn))]
[JsonSerializable(typeof(RevisionOpened))]
[JsonSerializable(typeof(FeedbackRequested))]
[JsonSerializable(typeof(FeedbackDrafted))]
[JsonSerializable(typeof(FeedbackFailed))]
[JsonSerializable(typeof(FeedbackEdited))]
[JsonSerializable(typeof(FeedbackReleased))]
[JsonSerializable(typeof(FeedbackReturned))]
[JsonSerializable(typeof(FeedbackReplied))]
[JsonSerializable(typeof(MarkGiven))]
[JsonSerializable(typeof(MarkWithdrawn))]
[JsonSerializable(typeof(ExplanationReleased))]
[JsonSerializable(typeof(ExplanationRetried))]
[JsonSerializable(typeof(TutorAsked))]
[JsonSerializable(typeof(StudentAnswered))]
[JsonSerializable(typeof(StudentNotAnswered))]
[JsonSerializable(typeof(TranscriptOpened))]
[JsonSerializable(typeof(IncidentRecorded))]
public sealed partial class FactContext : JsonSerializerContext;
