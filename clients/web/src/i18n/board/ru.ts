import type { BoardWords } from "./kk";

export const words: BoardWords = {
  pair: {
    title: "Подключить доску к уроку",
    text: "Учитель вводит этот код у себя: кнопка «Доска».",
    again: "Новый код",
    expired: "Код устарел.",
  },
  lobby: {
    open: (host) => `Откройте ${host} и введите код`,
    closed: "Вход закрыт",
    more: (n) => `+${n}`,
    soon: "Учитель скоро начнёт урок",
  },
  joinAt: (host, n) => `${host} · учеников: ${n}`,
  explanation: "Объяснение",
  stopped: "Остановлено",
  unclear: "Что непонятно?",
  lost: (n) => `${n} уч.`,
  question: "Вопрос",
  answered: (n, all) => `Ответили ${n} из ${all}`,
  closed: "Ответы больше не принимаются",
  why: "Почему так",
  said: "Ответы из класса",
  talk: "Задание для обсуждения",
  make: "Что делаем",
  ideas: "Идеи класса",
  ended: "Урок закончился",
  thanks: "Спасибо. До встречи на следующем уроке.",
  gone: "Эта доска отключена от урока.",
  pairAgain: "Подключить снова",
  secondRound: "Подумайте ещё раз",
};
