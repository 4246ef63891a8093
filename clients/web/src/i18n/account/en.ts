import type { AccountWords } from "./kk";

export const words: AccountWords = {
  title: "Sign in to Ortaq",
  teacher: "For teachers",
  mentor: "For mentors",
  operator: "For the operator",
  organisation: (name: string) => `Sign in with ${name}`,
  local: "Or use a name and password of this server.",
  user: "User name",
  password: "Password",
  enter: "Sign in",
  link: "A one-time link from your school works too.",
  out: "Sign out",
  own: "Account",
  other: "This page is for another role. Signed in now:",
  toMentor: "Go to the mentor's page",
  toTeach: "Go to the teacher's page",
};
