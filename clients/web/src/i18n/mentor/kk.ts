import { kkPlural } from "../plural";

/** The mentor's words. The shape of every language is this one's. */
export const words = {
  title: "Тәлімгер",
  sessions: (n: number, students: number) => `${kkPlural(n, "сабақ")} · ${kkPlural(students, "оқушы")}`,
  rehearsals: (n: number) => `Жаттығу сабақтары: ${n}`,
  order: "Алдымен көмек қажет сабақтар",
  none: "Қазір орталықта жүріп жатқан сабақ жоқ. Басталса, осында шығады.",
  step: (n: number, m: number, title: string) => `${n}/${m} · ${title}`,
  lobby: "оқушылар кіріп жатыр",
  lost: (n: number) => `түсінбегені: ${n}`,
  idle: (n: number) => `үнсіз: ${n}`,
  waits: (n: number) => `күтіп тұр: ${n}`,
  approvals: (n: number) => `бекітуді күтеді: ${n}`,
  onPlan: "жоспар бойынша",
  late: (m: number) => `+${m} мин`,
  hands: "Көмек күтіп тұр",
  nobody: "Ешкім күтіп тұрған жоқ.",
  coming: "Барамын",
  comingAll: (n: number) => `Барамын · ${n} оқушыға түсіндіремін`,
  mine: "Сіз барасыз",
  taken: "Бара жатыр",
  ago: (m: number) => (m < 1 ? "жаңа ғана" : `${m} мин бұрын`),
  answered: "Шешілді",
  noTopic: "Тақырыбы айтылмаған",
};
export type MentorWords = typeof words;
