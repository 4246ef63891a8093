import { ruForm, ruPlural } from "../plural";
import type { MentorWords } from "./kk";

export const words: MentorWords = {
  title: "Наставник",
  sessions: (n, students) => `${ruPlural(n, "урок", "урока", "уроков")} · ${ruPlural(students, "ученик", "ученика", "учеников")}`,
  rehearsals: (n) => `Репетиции: ${n}`,
  order: "Сначала те, кому нужна помощь",
  none: "Сейчас в центре нет уроков. Когда начнутся, появятся здесь.",
  step: (n, m, title) => `${n}/${m} · ${title}`,
  lobby: "ученики входят",
  lost: (n) => `не поняли: ${n}`,
  idle: (n) => `молчат: ${n}`,
  waits: (n) => `ждут: ${n}`,
  approvals: (n) => `ждут утверждения: ${n}`,
  onPlan: "по плану",
  late: (m) => `+${m} мин`,
  hands: "Ждут помощи",
  nobody: "Никто не ждёт.",
  coming: "Иду",
  comingAll: (n) => `Иду · объясню ${n} ${ruForm(n, "ученику", "ученикам", "ученикам")}`,
  mine: "Идёте вы",
  taken: "Уже идут",
  ago: (m) => (m < 1 ? "только что" : `${m} мин назад`),
  answered: "Решено",
  noTopic: "Тема не названа",
};
