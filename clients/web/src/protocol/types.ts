// What travels on the wire, by hand from the C# records. A field that is absent is not for this audience.

/** The first is spoken where nothing else is known. */
export const languages = ["kk", "ru", "en"] as const;
export type Language = (typeof languages)[number];
export const levels = ["simple", "standard", "advanced"] as const;
export type Level = (typeof levels)[number];
export type StepKind = "explain" | "discuss" | "ask" | "make" | "reflect" | "unplugged";
export type QuestionKind = "single" | "multiple" | "scale" | "open" | "wordCloud";
export type AiPolicy = "none" | "ask" | "draft";
export type LessonPhase = "lobby" | "live" | "ended";
export type Verdict = "notYet" | "partly" | "met";
export type ExplainMode = "plain" | "simpler" | "life" | "story" | "steps";
export type ExplanationStatus = "running" | "finished" | "failed" | "stopped";
export type PromptsStatus = "requested" | "proposed" | "failed";
export type QuestionStatus = "open" | "closed" | "revealed";
export type WorkStatus = "draft" | "handedIn" | "revising";
export type FeedbackStatus = "requested" | "failed" | "draft" | "released";
/** A (language, level) pair: `kk-simple`. */
export type Variant = `${Language}-${Level}`;
/** ISO 8601. */
export type Time = string;

export type Trilingual = Record<Language, string>;

export type Provenance = {
  provider: string;
  model: string;
  template: string;
  tokens: number;
  milliseconds: number;
  cached: boolean;
  /** Why prepared text stands in for the model: a failure code of the tutor. */
  cause?: string;
};

export type Topic = { id: string; topic: Trilingual };
export type OptionPlan = { id: string; text: Trilingual; correct: boolean; why?: Trilingual };
export type QuestionPlan = {
  id: string;
  kind: QuestionKind;
  text: Trilingual;
  options: OptionPlan[];
  min: number;
  max: number;
  minLabel?: Trilingual;
  maxLabel?: Trilingual;
  why?: Trilingual;
};
export type Descriptor = { id: string; text: Trilingual };
export type Criterion = { id: string; title: Trilingual; descriptors: Descriptor[] };
export type Task = {
  title: Trilingual;
  text: Trilingual;
  aiPolicy: AiPolicy;
  minOwnWords: number;
  asksReflection: boolean;
  asksSources: boolean;
  criteria: Criterion[];
};
export type PromptText = {
  id: string;
  question: Trilingual;
  make: Trilingual;
  materials: Trilingual;
  minutes: number;
  roles: Trilingual[];
  sharing: Trilingual;
};
export type FeedbackItem = { descriptorId: string; verdict: Verdict; quote: string; nextStep: string };

export type StepHead = { id: string; kind: StepKind; minutes: number; devices: boolean; title: Trilingual };
export type Plan = {
  title: Trilingual;
  subject: Trilingual;
  className: string;
  teacherName: string;
  gradeFrom: number;
  gradeTo: number;
  minutes: number;
  steps: StepHead[];
  joinCode?: string;
  marks?: number[];
};
export type Pace = {
  phase: LessonPhase;
  stepId?: string;
  stepStartedAt?: Time;
  startedAt?: Time;
  endedAt?: Time;
  locked: boolean;
  joined: number;
  aiOn: boolean;
  boardVariant: Variant;
};
export type Step = {
  board?: Trilingual;
  student?: Trilingual;
  teacher?: Trilingual;
  topics?: Topic[];
  questions?: QuestionPlan[];
  hasPrompts: boolean;
  task?: Task;
  /** Teacher and student. */
  aiPolicy?: AiPolicy;
};
export type Seat = { nickname: string; language?: Language; level?: Level; joinedAt?: Time; team?: number; deviceWaiting: boolean };
export type Me = { studentId: string; nickname: string; language: Language; level: Level; team?: number; tempo?: number };
export type Tempo = { counts: number[] };
export type Hand = { topic: string; since: Time; claimedBy?: string; claimedName?: string; claimedAt?: Time };
export type VariantState = { variant: Variant; status: ExplanationStatus; length: number; failure?: string; provenance?: Provenance };
export type Explanation = {
  stepId: string;
  topic: Trilingual;
  mode: ExplainMode;
  of?: string;
  ofVariant?: Variant;
  sentences: number[];
  status: ExplanationStatus;
  startedAt: Time;
  boardVariant: Variant;
  variants: VariantState[];
  /** Teacher only: the class does not see it yet. */
  preview?: boolean;
};
export type HeatSpot = { variant: Variant; sentence: number; count: number; who?: string[] };
export type Heat = { spots: HeatSpot[] };
export type Pressed = { spots: { variant: Variant; sentence: number }[] };
export type Prompts = { status: PromptsStatus; failure?: string; candidates: PromptText[]; provenance?: Provenance };
export type Prompt = {
  prompt: PromptText;
  edited: boolean;
  provenance: Provenance;
  pickedAt: Time;
  shared: boolean;
  editedBy?: string;
};
export type Team = { size: number; members?: string[]; nicknames?: string[] };
export type Contribution = { stepId: string; team: number; text: string; votes: number; hidden: boolean; studentId?: string; at: Time };
export type Vote = { on: boolean };
export type QuestionOption = { id: string; text: Trilingual; correct?: boolean; why?: Trilingual };
export type Round = { round: number; answered: number; counts: { key: string; count: number }[] };
export type Question = {
  stepId?: string;
  kind: QuestionKind;
  text: Trilingual;
  options: QuestionOption[];
  min: number;
  max: number;
  minLabel?: Trilingual;
  maxLabel?: Trilingual;
  why?: Trilingual;
  round: number;
  status: QuestionStatus;
  askedAt: Time;
  picked?: string[];
};
/** What came in for a question; `rounds` only where the results may be seen. */
export type Tally = { answered?: number; rounds?: Round[] };
export type Answer = {
  questionId: string;
  round: number;
  studentId: string;
  options: string[];
  scale?: number;
  text?: string;
  at: Time;
  picked?: boolean;
};
export type Work = {
  studentId: string;
  stepId: string;
  status: WorkStatus;
  version: number;
  words: number;
  text?: string;
  ownContribution?: string;
  reflection?: string;
  sources?: string[];
  savedAt: Time;
  handedInAt?: Time;
  /** Wire name of the submission: what was last handed in. Read it by `submissionOf`. */
  handed?: string;
  /** Wire name of the previous submission. Read it by `previousSubmissionOf`. */
  before?: string;
};
export type Feedback = {
  studentId: string;
  stepId: string;
  workVersion: number;
  status: FeedbackStatus;
  failure?: string;
  items: FeedbackItem[];
  note: string;
  provenance?: Provenance;
  edited: boolean;
  droppedQuotes: number;
  reply?: string;
  releasedAt?: Time;
  editedBy?: string;
};
export type Mark = { studentId: string; stepId: string; mark: number; at: Time };
/** A student's question to the tutor. The teacher has it once the transcript was opened. */
export type Exchange = {
  studentId: string;
  stepId: string;
  question: string;
  at: Time;
  answer?: string;
  failure?: string;
  provenance?: Provenance;
};
export type Flag = { exchangeId: string; flag: string; at: Time };
export type Opening = { by: string; reason: string; at: Time };
/** @property flags teacher only */
export type Thread = { studentId: string; count: number; flags?: Flag[]; openings: Opening[] };
export type Incident = { ability: string; kind: string; category: string; stepId: string; studentId?: string; at: Time };
/** @property limit 0: not limited */
export type Meter = { tokens: number; limit: number; calls: number; cached: number };

/** Kind -> entity of that kind. */
export type Entities = {
  plan: Plan;
  pace: Pace;
  step: Step;
  seat: Seat;
  me: Me;
  tempo: Tempo;
  hand: Hand;
  explanation: Explanation;
  heat: Heat;
  pressed: Pressed;
  prompts: Prompts;
  prompt: Prompt;
  team: Team;
  contribution: Contribution;
  vote: Vote;
  question: Question;
  tally: Tally;
  answer: Answer;
  work: Work;
  feedback: Feedback;
  mark: Mark;
  exchange: Exchange;
  thread: Thread;
  incident: Incident;
  meter: Meter;
};
export type Kind = keyof Entities;
/** One entity changed, or is gone (`v` null). A patch is a list of these. */
export type EntityChange = { [K in Kind]: { k: K; id: string; v: Entities[K] | null } }[Kind];

export type Refusal = { code: string; args?: Record<string, string> };
export type Reply = { seq: number; refusal?: Refusal };
export type Welcome = { refusal?: Refusal; now: Time; variant?: Variant; hasModel?: boolean };

export type TileHand = {
  studentId: string;
  nickname: string;
  topic: string;
  since: Time;
  claimedBy?: string;
  claimedById?: string;
  claimedAt?: Time;
};
/** One live session on a mentor's wall. */
export type Tile = {
  classroomId: string;
  title: Trilingual;
  className: string;
  teacherName: string;
  phase: LessonPhase;
  stepTitle?: Trilingual;
  stepIndex: number;
  stepCount: number;
  stepMinutes: number;
  stepStartedAt?: Time;
  minutes: number;
  startedAt?: Time;
  joined: number;
  lost: number;
  idle: number;
  approvalsPending: number;
  hands: TileHand[];
};
