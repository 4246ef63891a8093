import { enPlural } from "../plural";
import type { MentorWords } from "./kk";

export const words: MentorWords = {
  title: "Mentor",
  sessions: (n, students) => `${enPlural(n, "session", "sessions")} · ${enPlural(students, "student", "students")}`,
  rehearsals: (n) => `Rehearsals: ${n}`,
  order: "Those who need help first",
  none: "No lesson is on at the centre now. When one starts, it stands here.",
  step: (n, m, title) => `${n}/${m} · ${title}`,
  lobby: "students are joining",
  lost: (n) => `${n} lost`,
  idle: (n) => `${n} silent`,
  waits: (n) => `${n} waiting`,
  approvals: (n) => `${n} to release`,
  onPlan: "on plan",
  late: (m) => `+${m} min`,
  hands: "Waiting for help",
  nobody: "Nobody is waiting.",
  coming: "I'm coming",
  comingAll: (n) => `I'm coming · to all ${n}`,
  mine: "You are going",
  taken: "Somebody is going",
  ago: (m) => (m < 1 ? "just now" : `${m} min ago`),
  answered: "Answered",
  noTopic: "No topic named",
};
