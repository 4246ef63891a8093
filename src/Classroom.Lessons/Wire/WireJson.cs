using System.Buffers;
using System.Collections.Immutable;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Unicode;

namespace Classroom.Lessons;

/// <summary>JSON of the wire: camelCase, enums as camelCase words, nulls left out, Cyrillic not escaped.</summary>
public static class WireJson
{
    public static readonly JsonSerializerOptions Options = new(WireContext.Default.Options)
    {
        Encoder = JavaScriptEncoder.Create(UnicodeRanges.All),
    };

    private static readonly JsonWriterOptions WriterOptions = new() { Encoder = Options.Encoder };

    /// <summary>A UTF-8 JSON array of notices.</summary>
    public static byte[] Encode(IEnumerable<Notice> notices)
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        using (var writer = new Utf8JsonWriter(buffer, WriterOptions))
        {
            writer.WriteStartArray();
            foreach (var notice in notices)
            {
                writer.WriteStartObject();
                writer.WriteString("k"u8, notice.Kind);
                writer.WriteString("id"u8, notice.Id);
                writer.WritePropertyName("v"u8);
                if (notice.Value is null)
                {
                    writer.WriteNullValue();
                }
                else
                {
                    JsonSerializer.Serialize(writer, notice.Value, Options.GetTypeInfo(notice.Value.GetType()));
                }

                writer.WriteEndObject();
            }

            writer.WriteEndArray();
        }

        return buffer.WrittenSpan.ToArray();
    }
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UseStringEnumConverter = false,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    Converters = [
        typeof(Camel<Language>), typeof(Camel<Level>), typeof(Camel<StepKind>), typeof(Camel<QuestionKind>), typeof(Camel<AiPolicy>),
        typeof(Camel<LessonPhase>), typeof(Camel<Role>), typeof(Camel<Verdict>), typeof(Camel<ExplainMode>),
        typeof(Camel<ExplanationStatus>), typeof(Camel<PromptsStatus>), typeof(Camel<QuestionStatus>), typeof(Camel<WorkStatus>),
        typeof(Camel<FeedbackStatus>)])]
[JsonSerializable(typeof(PlanEntity))]
[JsonSerializable(typeof(PaceEntity))]
[JsonSerializable(typeof(StepEntity))]
[JsonSerializable(typeof(SeatEntity))]
[JsonSerializable(typeof(MeEntity))]
[JsonSerializable(typeof(TempoEntity))]
[JsonSerializable(typeof(HandEntity))]
[JsonSerializable(typeof(ExplanationEntity))]
[JsonSerializable(typeof(HeatEntity))]
[JsonSerializable(typeof(PressedEntity))]
[JsonSerializable(typeof(PromptsEntity))]
[JsonSerializable(typeof(PromptEntity))]
[JsonSerializable(typeof(TeamEntity))]
[JsonSerializable(typeof(ContributionEntity))]
[JsonSerializable(typeof(VoteEntity))]
[JsonSerializable(typeof(QuestionEntity))]
[JsonSerializable(typeof(TallyEntity))]
[JsonSerializable(typeof(AnswerEntity))]
[JsonSerializable(typeof(WorkEntity))]
[JsonSerializable(typeof(FeedbackEntity))]
[JsonSerializable(typeof(MarkEntity))]
[JsonSerializable(typeof(ExchangeEntity))]
[JsonSerializable(typeof(ThreadEntity))]
[JsonSerializable(typeof(IncidentEntity))]
[JsonSerializable(typeof(MeterEntity))]
[JsonSerializable(typeof(ImmutableArray<Tile>))]
[JsonSerializable(typeof(ImmutableArray<ClassroomCard>))]
[JsonSerializable(typeof(ImmutableArray<Guid>))]
[JsonSerializable(typeof(ImmutableArray<int>))]
[JsonSerializable(typeof(Reply))]
[JsonSerializable(typeof(StartLesson))]
[JsonSerializable(typeof(GoToStep))]
[JsonSerializable(typeof(EndLesson))]
[JsonSerializable(typeof(LockLobby))]
[JsonSerializable(typeof(UnlockLobby))]
[JsonSerializable(typeof(SetBoardVariant))]
[JsonSerializable(typeof(SwitchAi))]
[JsonSerializable(typeof(ApproveDevice))]
[JsonSerializable(typeof(RefuseDevice))]
[JsonSerializable(typeof(RemoveStudent))]
[JsonSerializable(typeof(RenameStudent))]
[JsonSerializable(typeof(ChangePreferences))]
[JsonSerializable(typeof(SetTempo))]
[JsonSerializable(typeof(RaiseHand))]
[JsonSerializable(typeof(LowerHand))]
[JsonSerializable(typeof(ClaimHand))]
[JsonSerializable(typeof(AnswerHand))]
[JsonSerializable(typeof(RequestExplanation))]
[JsonSerializable(typeof(StopExplanation))]
[JsonSerializable(typeof(PressConfusion))]
[JsonSerializable(typeof(ReleaseConfusion))]
[JsonSerializable(typeof(AskQuestion))]
[JsonSerializable(typeof(AskOwnQuestion))]
[JsonSerializable(typeof(CloseQuestion))]
[JsonSerializable(typeof(RevealResults))]
[JsonSerializable(typeof(AskAgain))]
[JsonSerializable(typeof(GiveAnswer))]
[JsonSerializable(typeof(PickAnswer))]
[JsonSerializable(typeof(RequestPrompts))]
[JsonSerializable(typeof(PickPrompt))]
[JsonSerializable(typeof(FormTeams))]
[JsonSerializable(typeof(MoveToTeam))]
[JsonSerializable(typeof(Contribute))]
[JsonSerializable(typeof(ShareContributions))]
[JsonSerializable(typeof(Upvote))]
[JsonSerializable(typeof(HideContribution))]
[JsonSerializable(typeof(SaveDraft))]
[JsonSerializable(typeof(HandIn))]
[JsonSerializable(typeof(SetAiPolicy))]
[JsonSerializable(typeof(RequestFeedback))]
[JsonSerializable(typeof(EditFeedback))]
[JsonSerializable(typeof(ReleaseFeedback))]
[JsonSerializable(typeof(ReturnFeedback))]
[JsonSerializable(typeof(ReplyToFeedback))]
[JsonSerializable(typeof(ReviseWork))]
[JsonSerializable(typeof(GiveMark))]
[JsonSerializable(typeof(WithdrawMark))]
[JsonSerializable(typeof(ReleaseExplanation))]
[JsonSerializable(typeof(RetryExplanation))]
[JsonSerializable(typeof(AskTutor))]
[JsonSerializable(typeof(OpenTranscript))]
public sealed partial class WireContext : JsonSerializerContext;

/// <summary>An enum as a camelCase word; an unknown word is an error, a number is too.</summary>
public sealed class Camel<T>() : JsonStringEnumConverter<T>(JsonNamingPolicy.CamelCase, allowIntegerValues: false) where T : struct, Enum;
