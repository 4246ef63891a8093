/** Words of the page where people with an account sign in. The shape of every language is this one's. */
export const words = {
  title: "Ortaq-қа кіру",
  teacher: "Мұғалімдерге арналған",
  mentor: "Тәлімгерлерге арналған",
  operator: "Операторға арналған",
  organisation: (name: string) => `${name} арқылы кіру`,
  local: "Немесе осы сервердегі атыңыз бен құпиясөзіңізді жазыңыз.",
  user: "Пайдаланушы аты",
  password: "Құпиясөз",
  enter: "Кіру",
  link: "Мектеп берген бір реттік сілтемемен де кіруге болады.",
  out: "Шығу",
  own: "Аккаунт",
  other: "Бұл бет басқа рөлге арналған. Қазір кірген адам:",
  toMentor: "Тәлімгер бетіне өту",
  toTeach: "Мұғалім бетіне өту",
};
export type AccountWords = typeof words;
