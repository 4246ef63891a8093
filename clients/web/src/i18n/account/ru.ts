import type { AccountWords } from "./kk";

export const words: AccountWords = {
  title: "Вход в Ortaq",
  teacher: "Для учителей",
  mentor: "Для наставников",
  operator: "Для оператора",
  organisation: (name: string) => `Войти через ${name}`,
  local: "Или введите своё имя и пароль на этом сервере.",
  user: "Имя пользователя",
  password: "Пароль",
  enter: "Войти",
  link: "Можно войти и по одноразовой ссылке от школы.",
  out: "Выйти",
  own: "Учётная запись",
  other: "Эта страница для другой роли. Сейчас вход выполнен под именем:",
  toMentor: "Перейти на страницу наставника",
  toTeach: "Перейти на страницу учителя",
};
