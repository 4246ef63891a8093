import { ruForm, ruPlural } from "../plural";
import type { MentorWords } from "./kk";

export const words: MentorWords = {
  title: "Наставник",
  sessions: (n, students) => `${ruPlural(n, "урок", "урока", "уроков")} · ${ruPlural(students, "ученик", "ученика", "учеников")}`,
  rehearsals: (n) => `Репетиции: ${n}`,
  order: "Сначала те, кому нужна помощь",
  none: "Сейчас в центре нет занятий. Когда начнутся, появятся здесь.",
  step: (n, m, title) => `${n}/${m} · ${title}`,
  lobby: "ученики входят",
  lost: (n) => `${n} не ${ruForm(n, "понял", "поняли", "поняли")}`,
  idle: (n) => `${n} ${ruForm(n, "молчит", "молчат", "молчат")}`,
  waits: (n) => `${n} ${ruForm(n, "ждёт", "ждут", "ждут")}`,
  approvals: (n) => `${n} на проверке`,
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
