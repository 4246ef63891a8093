using System.Text.Json;

namespace Classroom.Silo.Hubs;

/// <summary>One method per command. The command's fields: see the contracts.</summary>
public sealed partial class ClassroomHub
{
    [AllowedFor(Role.Student)]
    public Task<Reply> ChangePreferences(JsonElement commandId, JsonElement command) => Do<ChangePreferences>(commandId, command);

    [AllowedFor(Role.Student)]
    public Task<Reply> SetTempo(JsonElement commandId, JsonElement command) => Do<SetTempo>(commandId, command);

    [AllowedFor(Role.Student)]
    public Task<Reply> RaiseHand(JsonElement commandId, JsonElement command) => Do<RaiseHand>(commandId, command);

    [AllowedFor(Role.Student)]
    public Task<Reply> LowerHand(JsonElement commandId, JsonElement command) => Do<LowerHand>(commandId, command);

    [AllowedFor(Role.Student)]
    public Task<Reply> PressConfusion(JsonElement commandId, JsonElement command) => Do<PressConfusion>(commandId, command);

    [AllowedFor(Role.Student)]
    public Task<Reply> ReleaseConfusion(JsonElement commandId, JsonElement command) => Do<ReleaseConfusion>(commandId, command);

    [AllowedFor(Role.Student)]
    public Task<Reply> GiveAnswer(JsonElement commandId, JsonElement command) => Do<GiveAnswer>(commandId, command);

    [AllowedFor(Role.Student)]
    public Task<Reply> Contribute(JsonElement commandId, JsonElement command) => Do<Contribute>(commandId, command);

    [AllowedFor(Role.Student)]
    public Task<Reply> Upvote(JsonElement commandId, JsonElement command) => Do<Upvote>(commandId, command);

    [AllowedFor(Role.Student)]
    public Task<Reply> SaveDraft(JsonElement commandId, JsonElement command) => Do<SaveDraft>(commandId, command);

    [AllowedFor(Role.Student)]
    public Task<Reply> HandIn(JsonElement commandId, JsonElement command) => Do<HandIn>(commandId, command);

    [AllowedFor(Role.Student)]
    public Task<Reply> ReviseWork(JsonElement commandId, JsonElement command) => Do<ReviseWork>(commandId, command);

    [AllowedFor(Role.Student)]
    public Task<Reply> ReplyToFeedback(JsonElement commandId, JsonElement command) => Do<ReplyToFeedback>(commandId, command);

    [AllowedFor(Role.Student)]
    public Task<Reply> AskTutor(JsonElement commandId, JsonElement command) => Do<AskTutor>(commandId, command);

    [AllowedFor(Role.Teacher)]
    public Task<Reply> StartLesson(JsonElement commandId, JsonElement command) => Do<StartLesson>(commandId, command);

    [AllowedFor(Role.Teacher)]
    public Task<Reply> GoToStep(JsonElement commandId, JsonElement command) => Do<GoToStep>(commandId, command);

    [AllowedFor(Role.Teacher)]
    public Task<Reply> EndLesson(JsonElement commandId, JsonElement command) => Do<EndLesson>(commandId, command);

    [AllowedFor(Role.Teacher)]
    public Task<Reply> LockLobby(JsonElement commandId, JsonElement command) => Do<LockLobby>(commandId, command);

    [AllowedFor(Role.Teacher)]
    public Task<Reply> UnlockLobby(JsonElement commandId, JsonElement command) => Do<UnlockLobby>(commandId, command);

    [AllowedFor(Role.Teacher)]
    public Task<Reply> SetBoardVariant(JsonElement commandId, JsonElement command) => Do<SetBoardVariant>(commandId, command);

    [AllowedFor(Role.Teacher)]
    public Task<Reply> SwitchAi(JsonElement commandId, JsonElement command) => Do<SwitchAi>(commandId, command);

    [AllowedFor(Role.Teacher)]
    public Task<Reply> ApproveDevice(JsonElement commandId, JsonElement command) => Do<ApproveDevice>(commandId, command);

    [AllowedFor(Role.Teacher)]
    public Task<Reply> RefuseDevice(JsonElement commandId, JsonElement command) => Do<RefuseDevice>(commandId, command);

    [AllowedFor(Role.Teacher)]
    public Task<Reply> RemoveStudent(JsonElement commandId, JsonElement command) => Do<RemoveStudent>(commandId, command);

    [AllowedFor(Role.Teacher)]
    public Task<Reply> RenameStudent(JsonElement commandId, JsonElement command) => Do<RenameStudent>(commandId, command);

    [AllowedFor(Role.Teacher)]
    public Task<Reply> RequestExplanation(JsonElement commandId, JsonElement command) => Do<RequestExplanation>(commandId, command);

    [AllowedFor(Role.Teacher)]
    public Task<Reply> StopExplanation(JsonElement commandId, JsonElement command) => Do<StopExplanation>(commandId, command);

    [AllowedFor(Role.Teacher)]
    public Task<Reply> ReleaseExplanation(JsonElement commandId, JsonElement command) => Do<ReleaseExplanation>(commandId, command);

    [AllowedFor(Role.Teacher)]
    public Task<Reply> RetryExplanation(JsonElement commandId, JsonElement command) => Do<RetryExplanation>(commandId, command);

    [AllowedFor(Role.Teacher)]
    public Task<Reply> OpenTranscript(JsonElement commandId, JsonElement command) => Do<OpenTranscript>(commandId, command);

    [AllowedFor(Role.Teacher)]
    public Task<Reply> AskQuestion(JsonElement commandId, JsonElement command) => Do<AskQuestion>(commandId, command);

    [AllowedFor(Role.Teacher)]
    public Task<Reply> AskOwnQuestion(JsonElement commandId, JsonElement command) => Do<AskOwnQuestion>(commandId, command);

    [AllowedFor(Role.Teacher)]
    public Task<Reply> CloseQuestion(JsonElement commandId, JsonElement command) => Do<CloseQuestion>(commandId, command);

    [AllowedFor(Role.Teacher)]
    public Task<Reply> RevealResults(JsonElement commandId, JsonElement command) => Do<RevealResults>(commandId, command);

    [AllowedFor(Role.Teacher)]
    public Task<Reply> AskAgain(JsonElement commandId, JsonElement command) => Do<AskAgain>(commandId, command);

    [AllowedFor(Role.Teacher)]
    public Task<Reply> PickAnswer(JsonElement commandId, JsonElement command) => Do<PickAnswer>(commandId, command);

    [AllowedFor(Role.Teacher)]
    public Task<Reply> RequestPrompts(JsonElement commandId, JsonElement command) => Do<RequestPrompts>(commandId, command);

    [AllowedFor(Role.Teacher)]
    public Task<Reply> PickPrompt(JsonElement commandId, JsonElement command) => Do<PickPrompt>(commandId, command);

    [AllowedFor(Role.Teacher)]
    public Task<Reply> FormTeams(JsonElement commandId, JsonElement command) => Do<FormTeams>(commandId, command);

    [AllowedFor(Role.Teacher)]
    public Task<Reply> MoveToTeam(JsonElement commandId, JsonElement command) => Do<MoveToTeam>(commandId, command);

    [AllowedFor(Role.Teacher)]
    public Task<Reply> ShareContributions(JsonElement commandId, JsonElement command) => Do<ShareContributions>(commandId, command);

    [AllowedFor(Role.Teacher)]
    public Task<Reply> HideContribution(JsonElement commandId, JsonElement command) => Do<HideContribution>(commandId, command);

    [AllowedFor(Role.Teacher)]
    public Task<Reply> SetAiPolicy(JsonElement commandId, JsonElement command) => Do<SetAiPolicy>(commandId, command);

    [AllowedFor(Role.Teacher)]
    public Task<Reply> RequestFeedback(JsonElement commandId, JsonElement command) => Do<RequestFeedback>(commandId, command);

    [AllowedFor(Role.Teacher)]
    public Task<Reply> EditFeedback(JsonElement commandId, JsonElement command) => Do<EditFeedback>(commandId, command);

    [AllowedFor(Role.Teacher)]
    public Task<Reply> ReleaseFeedback(JsonElement commandId, JsonElement command) => Do<ReleaseFeedback>(commandId, command);

    [AllowedFor(Role.Teacher)]
    public Task<Reply> ReturnFeedback(JsonElement commandId, JsonElement command) => Do<ReturnFeedback>(commandId, command);

    [AllowedFor(Role.Teacher)]
    public Task<Reply> GiveMark(JsonElement commandId, JsonElement command) => Do<GiveMark>(commandId, command);

    [AllowedFor(Role.Teacher)]
    public Task<Reply> WithdrawMark(JsonElement commandId, JsonElement command) => Do<WithdrawMark>(commandId, command);

    [AllowedFor(Role.Teacher, Role.Mentor)]
    public Task<Reply> ClaimHand(JsonElement commandId, JsonElement command) => Help<ClaimHand>(commandId, command);

    [AllowedFor(Role.Teacher, Role.Mentor)]
    public Task<Reply> AnswerHand(JsonElement commandId, JsonElement command) => Help<AnswerHand>(commandId, command);
}
