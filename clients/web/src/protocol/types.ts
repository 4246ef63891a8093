// What travels, by the client's names. The shapes are generated from the server's records: nothing is declared here twice.
import type * as wire from "./generated/wire";

export type {
  AiPolicy,
  DescriptorHint,
  Entities,
  EntityChange,
  ExplainMode,
  ExplanationStatus,
  FeedbackItem,
  FeedbackStatus,
  HeatSpot,
  ImagePlan,
  InkColour,
  InkTool,
  Language,
  LessonPhase,
  Level,
  OptionPlan,
  PromptsStatus,
  PromptText,
  Provenance,
  QuestionKind,
  QuestionPlan,
  QuestionStatus,
  StepHead,
  StepKind,
  StrokePart,
  Tile,
  TileHand,
  Trilingual,
  Variant,
  Verdict,
  WorkStatus,
} from "./generated/wire";
/** The first language is spoken where nothing else is known. */
export { languages, levels } from "./generated/wire";

/** ISO 8601. */
export type Time = string;

export type Topic = wire.TopicPlan;
export type Descriptor = wire.DescriptorPlan;
export type Criterion = wire.CriterionPlan;
export type Task = wire.TaskPlan;

export type Plan = wire.PlanEntity;
export type Pace = wire.PaceEntity;
export type Step = wire.StepEntity;
export type Seat = wire.SeatEntity;
export type Me = wire.MeEntity;
export type Tempo = wire.TempoEntity;
/** The other group of a combined class. */
export type Group = wire.GroupEntity;
export type Hand = wire.HandEntity;
export type Helper = wire.HelperEntity;
export type Helped = wire.HelpedEntity;
export type Child = wire.ChildEntity;
export type VariantState = wire.VariantEntity;
export type Explanation = wire.ExplanationEntity;
export type Heat = wire.HeatEntity;
export type Pressed = wire.PressedEntity;
export type Prompts = wire.PromptsEntity;
export type Prompt = wire.PromptEntity;
export type Team = wire.TeamEntity;
export type Contribution = wire.ContributionEntity;
export type Vote = wire.VoteEntity;
export type QuestionOption = wire.OptionEntity;
export type Round = wire.RoundEntity;
export type Question = wire.QuestionEntity;
/** What came in for a question; `rounds` only where the results may be seen. */
export type Tally = wire.TallyEntity;
export type Answer = wire.AnswerEntity;
export type Work = wire.WorkEntity;
export type Photo = wire.PhotoEntity;
export type Feedback = wire.FeedbackEntity;
export type Mark = wire.MarkEntity;
/** A student's question to the tutor. The teacher has it once the transcript was opened. */
export type Exchange = wire.ExchangeEntity;
export type Flag = wire.FlagEntity;
export type Opening = wire.OpeningEntity;
export type Thread = wire.ThreadEntity;
export type Incident = wire.IncidentEntity;
/** The student wrote that it is in danger, and the teacher knows. */
export type Care = wire.CareEntity;
export type Meter = wire.MeterEntity;

/** Ink over a step: what is stored of it. */
export type Stroke = wire.StrokeEntity;

export type Kind = keyof wire.Entities;

/** The server's always has `args`; what the client says itself (`offline`) needs none. */
export type Refusal = Pick<wire.Refusal, "code"> & Partial<wire.Refusal>;
export type Reply = Omit<wire.Reply, "refusal"> & { refusal?: Refusal };
export type SyncReply = Omit<wire.SyncReply, "refusal"> & { refusal?: Refusal };

/** Where a text comes from; while it is still streaming, only which of the two it is. */
export type Source = wire.Provenance | "model" | "prepared";
