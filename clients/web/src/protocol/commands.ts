// Commands by name with their fields, by hand from the C# records. The command id travels beside the fields.
import type { AiPolicy, ExplainMode, FeedbackItem, Language, Level, QuestionPlan, Trilingual, Variant } from "./types";

type None = Record<string, never>;
type Spot = { explanationId: string; variant: Variant; sentence: number };
/** A mentor names the classroom too. */
type OfStudent = { studentId: string; classroomId?: string };

export type Commands = {
  ChangePreferences: { language: Language; level: Level };
  SetTempo: { face: number };
  RaiseHand: { topic: string };
  LowerHand: None;
  PressConfusion: Spot;
  ReleaseConfusion: Spot;
  GiveAnswer: { questionId: string; options: string[]; scale?: number; text?: string };
  Contribute: { contributionId: string; stepId: string; text: string };
  Upvote: { contributionId: string; on: boolean };
  SaveDraft: { stepId: string; text: string; ownContribution: string; reflection: string; sources: string[] };
  HandIn: { stepId: string };
  ReviseWork: { stepId: string };
  ReplyToFeedback: { feedbackId: string; text: string };
  AskTutor: { exchangeId: string; stepId: string; text: string };

  StartLesson: None;
  GoToStep: { stepId: string };
  EndLesson: None;
  LockLobby: None;
  UnlockLobby: None;
  SetBoardVariant: { language: Language; level: Level };
  SwitchAi: { on: boolean };
  ApproveDevice: { studentId: string };
  RefuseDevice: { studentId: string };
  RemoveStudent: { studentId: string };
  RenameStudent: { studentId: string; nickname: string };
  RequestExplanation: {
    explanationId: string;
    stepId: string;
    topicId?: string;
    words?: string;
    mode: ExplainMode;
    of?: string;
    ofVariant?: Variant;
    sentences: number[];
    preview?: boolean;
  };
  ReleaseExplanation: { explanationId: string };
  RetryExplanation: { explanationId: string; variant?: Variant; continue: boolean };
  StopExplanation: { explanationId: string };
  AskQuestion: { questionId: string };
  AskOwnQuestion: { question: QuestionPlan };
  CloseQuestion: { questionId: string };
  RevealResults: { questionId: string };
  AskAgain: { questionId: string };
  PickAnswer: { questionId: string; studentId: string; picked: boolean };
  RequestPrompts: { stepId: string };
  PickPrompt: { stepId: string; promptId: string; edited?: Trilingual };
  FormTeams: { count: number; mixed: boolean };
  MoveToTeam: { studentId: string; team: number };
  ShareContributions: { stepId: string };
  HideContribution: { contributionId: string; hidden: boolean };
  SetAiPolicy: { stepId: string; policy: AiPolicy };
  RequestFeedback: { feedbackId: string; studentId: string; stepId: string };
  EditFeedback: { feedbackId: string; items: FeedbackItem[]; note: string };
  ReleaseFeedback: { feedbackIds: string[] };
  ReturnFeedback: { feedbackId: string };
  GiveMark: { studentId: string; stepId: string; mark: number };
  OpenTranscript: { studentId: string; reason: string };
  WithdrawMark: { studentId: string; stepId: string };
  ClaimHand: OfStudent;
  AnswerHand: OfStudent;
};
export type CommandName = keyof Commands;
