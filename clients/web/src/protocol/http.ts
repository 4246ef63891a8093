// Bodies of requests and answers under `/api`, by the client's names. The shapes are generated from the server's endpoints.
import type * as http from "./generated/http";
import type { Language, Level, Time } from "./types";

export type {
  AccountRow,
  AnswersToday,
  AuditCard,
  AuditedCheck,
  BoardReply,
  CentreRow,
  Challenge,
  CheckReply,
  ClassroomCard,
  GroupChoice,
  HelperLinkReply,
  JoinReply,
  LinkReply,
  OpenedReply,
  PairingReply,
  Proof,
  ProviderCard,
  ProviderState,
  ReopenedReply,
  RoomCard,
  SiloCard,
  SteadyShare,
  TicketReply,
  Trouble,
  TutorCard,
} from "./generated/http";

export type Accounts = http.AccountsBody;
export type AuditStatus = http.AuditBody;
export type Address = http.AddressBody;
/** An empty centre is none. */
export type NewAccount = { login: string; name: string; role: string; centreId: string };
export type OperatorStatus = http.OperatorBody;
export type Session = http.SessionBody;
export type SignedOut = http.SignedOutReply;
export type Kit = http.KitCard;
export type KitLesson = http.LessonCard;

/** The server answers a body that lacks something with a refusal; the client leaves nothing out. */
export type JoinRequest = Required<Omit<http.JoinBody, "device" | "proof" | "pass" | "others" | "room">> & {
  language: Language;
  level: Level;
  device?: boolean;
  pass?: string;
  /** Who shares the phone. */
  others?: { nickname: string; themed: boolean }[];
  room?: number;
};
/** @property with the lesson whose other group this is */
export type OpenRequest = Required<Omit<http.OpenBody, "with">> & { language: Language; with?: string };

/** A lesson's record, which no endpoint describes: the entities of the teacher's view, explanations with their texts. */
export type LessonRecord = { exportedAt: Time; seq: number; entities: { kind: string; id: string; value: unknown }[] };
