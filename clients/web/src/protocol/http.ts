// Bodies of requests and answers under `/api`, by hand from the C# endpoints.
import type { Language, Level, StepKind, Time, Trilingual } from "./types";

export type Session = { role: "teacher" | "mentor" | "admin" | "anonymous"; id?: string; name?: string; language?: Language; now: Time };
export type KitStep = { kind: StepKind; minutes: number; devices: boolean; title: Trilingual };
export type KitLesson = {
  id: string;
  title: Trilingual;
  subject: Trilingual;
  gradeFrom: number;
  gradeTo: number;
  minutes: number;
  steps: KitStep[];
};
export type Kit = { id: string; version: string; title: Trilingual; lessons: KitLesson[] };
export type ClassroomCard = { classroomId: string; title: Trilingual; className: string; openedAt: Time; endedAt?: Time };
export type JoinRequest = { code: string; nickname: string; language: Language; level: Level; themed: boolean; device?: boolean };
export type Joined = { ticket: string; classroomId: string; studentId: string; waiting: boolean };
export type OpenRequest = { kitId: string; lessonId: string; className: string; language: Language; atCentre: boolean };

/** A lesson's record: the entities of the teacher's view, explanations with their texts. */
export type LessonRecord = { exportedAt: Time; seq: number; entities: { kind: string; id: string; value: unknown }[] };
