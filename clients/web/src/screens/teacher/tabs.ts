/** The parts of the console between which a teacher changes. */
export type Tab = "step" | "students" | "works";
