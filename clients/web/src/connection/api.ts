// The requests under `/api`. A failed one is a Refusal: the server's code; `offline`; or `not-ours`, where something between answered in its place.
import type {
  Accounts,
  Address,
  AuditStatus,
  BoardReply,
  CentreRow,
  Challenge,
  CheckReply,
  ClassroomCard,
  HelperLinkReply,
  JoinReply,
  JoinRequest,
  Kit,
  LessonRecord,
  LinkReply,
  NewAccount,
  OpenedReply,
  OpenRequest,
  OperatorStatus,
  PairingReply,
  Proof,
  ReopenedReply,
  Session,
  SignedOut,
  TicketReply,
} from "../protocol/http";
import type { Language, Refusal } from "../protocol/types";
import { held } from "./lost";
import type { OnWork } from "./proof";

export class Refused extends Error {
  constructor(
    readonly refusal: Refusal,
    readonly status: number,
    /** What is to be solved before the server looks at the same again. */
    readonly challenge?: Challenge,
  ) {
    super(refusal.code);
  }
}

export const refusalOf = (error: unknown): Refusal => (error instanceof Refused ? error.refusal : { code: "offline" });

/** A line that died says nothing: a browser alone would wait for minutes. What is asked for takes a second, and three on a bad line. */
const answerTakes = 10_000;

async function request<T>(method: string, path: string, body?: unknown, ticket?: string): Promise<T> {
  const limit = new AbortController();
  const timer = setTimeout(() => limit.abort(), answerTakes);
  let response: Response;
  let text: string;
  try {
    response = await fetch(path, {
      method,
      signal: limit.signal,
      headers: {
        ...(method === "GET" ? {} : { "X-Ortaq": "1", "Content-Type": "application/json" }),
        ...(ticket ? { Authorization: `Bearer ${ticket}` } : {}),
      },
      ...(method === "GET" ? {} : { body: JSON.stringify(body ?? {}) }),
    });
    text = response.status === 204 ? "" : await response.text();
  } catch {
    throw new Refused({ code: "offline" }, 0);
  } finally {
    clearTimeout(timer);
  }
  const json = text === "" ? undefined : parsed(text);
  if (response.ok && json !== null) {
    held.value = false;
    return json as T;
  }
  const known = json as (Refusal & { challenge?: Challenge }) | undefined | null;
  if (known?.code) held.value = known.code === "database-differs";
  if (known?.code) throw new Refused(known, response.status, known.challenge);
  // A proxy whose server is away says so in a page of its own. Anything else was said by a network that wants to be signed in to, or filters.
  throw new Refused({ code: response.status >= 500 && response.status !== 511 ? "try-again" : "not-ours" }, response.status);
}

/** Null: no JSON, so it is not this server's. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

const get = <T>(path: string): Promise<T> => request<T>("GET", path);
const post = <T>(path: string, body?: unknown): Promise<T> => request<T>("POST", path, body);

/** A proof may be too late on a slow line, and is then asked for anew; more often than this something else is wrong. */
const maxProofs = 3;

/** Asks; does the work that the server wants done first, and asks again. */
async function worked<T>(path: string, body: object, onWork: OnWork = () => {}): Promise<T> {
  let proof: Proof | undefined;
  for (let proofs = 0; ; proofs++) {
    try {
      return await post<T>(path, proof ? { ...body, proof } : body);
    } catch (error) {
      // What the server thinks too much for a browser is worded instead.
      if (!(error instanceof Refused && error.challenge) || error.refusal.code !== "proof-needed" || proofs === maxProofs) throw error;
      const { solve } = await import("./proof").catch(() => {
        throw new Refused({ code: "offline" }, 0);
      });
      proof = await solve(error.challenge, onWork).catch(() => {
        throw error;
      });
    }
  }
}

export const api = {
  session: () => get<Session>("/api/session"),
  login: (userName: string, password: string, onWork?: OnWork) => worked<void>("/api/login", { userName, password }, onWork),
  logout: () => post<SignedOut>("/api/logout"),
  kits: () => get<Kit[]>("/api/kits"),
  classrooms: () => get<ClassroomCard[]>("/api/classrooms"),
  openClassroom: (lesson: OpenRequest) => post<OpenedReply>("/api/classrooms", lesson),
  /** The two are the groups of a combined class: each is told of the other. */
  combine: (id: string, other: string) => post<void>(`/api/classrooms/${id}/group`, { with: other }),
  reopen: (id: string, commandId: string) => post<ReopenedReply>(`/api/classrooms/${id}/reopen`, { commandId }),
  address: () => get<Address>("/api/address"),
  chooseAddress: (url: string) => post<void>("/api/address", { url }),
  nicknames: (language: Language) => get<string[]>(`/api/nicknames?language=${language}`),
  /** What it gives goes with the request to join: checking and joining are one guess together. */
  checkCode: async (code: string, onWork?: OnWork): Promise<CheckReply> => {
    const checked = await worked<CheckReply | undefined>("/api/join/check", { code }, onWork);
    if (typeof checked?.pass !== "string") throw new Refused({ code: "not-ours" }, 200);
    return checked;
  },
  join: async (join: JoinRequest, onWork?: OnWork): Promise<JoinReply> => {
    const seat = await worked<JoinReply | undefined>("/api/join", join, onWork);
    if (typeof seat?.ticket !== "string") throw new Refused({ code: "not-ours" }, 200);
    return seat;
  },
  pairBoard: (onWork?: OnWork) => worked<PairingReply>("/api/board/pair", {}, onWork),
  /** Undefined while nobody has typed the code. */
  paired: (secret: string) => get<BoardReply | undefined>(`/api/board/pair/${encodeURIComponent(secret)}`),
  showBoard: (id: string, pairing: string, room?: number) => post<void>(`/api/classrooms/${id}/board`, { pairing, room }),
  /** @param origin where phones join */
  helperLink: (id: string, origin: string, room: number) => post<HelperLinkReply>(`/api/classrooms/${id}/helper-link`, { origin, room }),
  boardTicket: (id: string, room?: number) => post<TicketReply>(`/api/classrooms/${id}/board-ticket`, { room }),
  /** Of a board, by its ticket: the other group of a combined class. */
  otherGroup: (ticket: string) => request<BoardReply>("POST", "/api/board/group", {}, ticket),
  record: (id: string) => get<LessonRecord>(`/api/classrooms/${id}/export`),
  recordLink: (id: string) => `/api/classrooms/${id}/export`,
  operator: () => get<OperatorStatus>("/api/operator"),
  audit: () => get<AuditStatus>("/api/operator/audit"),
  startAudit: () => post<void>("/api/operator/audit/start"),
  stopAudit: () => post<void>("/api/operator/audit/stop"),
  tryTutor: () => post<void>("/api/operator/tutor/try"),
  forgetAnswers: () => post<void>("/api/operator/answers/forget"),
  accounts: () => get<Accounts>("/api/accounts"),
  addAccount: ({ centreId, ...account }: NewAccount) => post<LinkReply>("/api/accounts", { ...account, centreId: centreId || null }),
  passwordLink: (id: string) => post<LinkReply>(`/api/accounts/${id}/link`),
  disable: (id: string) => post<void>(`/api/accounts/${id}/disable`),
  enable: (id: string) => post<void>(`/api/accounts/${id}/enable`),
  signOutEverywhere: (id: string) => post<void>(`/api/accounts/${id}/sign-out`),
  setRole: (id: string, role: string) => post<void>(`/api/accounts/${id}/role`, { role }),
  setCentre: (id: string, centreId: string) => post<void>(`/api/accounts/${id}/centre`, { centreId: centreId || null }),
  addCentre: (name: string) => post<CentreRow>("/api/centres", { name }),
  choosePassword: (token: string, password: string) => post<void>("/api/password", { token, password }),
  changePassword: (current: string, password: string, onWork?: OnWork) =>
    worked<void>("/api/session/password", { current, password }, onWork),
  leaveEverywhere: () => post<SignedOut>("/api/session/sign-out-everywhere"),
  qr: (text: string) => `/api/qr?text=${encodeURIComponent(text)}`,
};
