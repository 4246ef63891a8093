import { words } from "..";

const kk = {
  pair: {
    title: "Тақтаны сабаққа қосу",
    text: "Мұғалім осы кодты өз бетіндегі «Тақта» түймесіне енгізеді.",
    again: "Жаңа код",
    expired: "Код ескірді.",
  },
  lobby: {
    open: (host: string) => `${host} ашып, кодты енгізіңіз`,
    closed: "Кіру жабық",
    more: (n: number) => `+${n}`,
    soon: "Мұғалім сабақты бастайды",
  },
  joinAt: (host: string, n: number) => `${host} · ${n} оқушы`,
  explanation: "Түсіндірме",
  stopped: "Тоқтатылды",
  unclear: "Қай жері түсініксіз?",
  lost: (n: number) => `${n} оқушы`,
  question: "Сұрақ",
  answered: (n: number, all: number) => `Жауап бергендер: ${n} / ${all}`,
  closed: "Жауап қабылдау аяқталды",
  why: "Неге солай",
  said: "Сыныптан шыққан жауаптар",
  talk: "Талқылау тапсырмасы",
  make: "Не жасаймыз",
  ideas: "Сыныптың ойлары",
  ended: "Сабақ аяқталды",
  thanks: "Рахмет. Келесі сабақта кездескенше.",
  gone: "Бұл тақта сабақтан ажыратылды.",
  pairAgain: "Қайта қосу",
  secondRound: "Қайта ойланыңыз",
};
type BoardWords = typeof kk;

const ru: BoardWords = {
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

const en: BoardWords = {
  pair: {
    title: "Connect this board to a lesson",
    text: "The teacher types this code on their own screen, under “Board”.",
    again: "New code",
    expired: "The code is too old.",
  },
  lobby: {
    open: (host) => `Open ${host} and type the code`,
    closed: "The door is closed",
    more: (n) => `+${n}`,
    soon: "The teacher will start the lesson",
  },
  joinAt: (host, n) => `${host} · ${n} joined`,
  explanation: "Explanation",
  stopped: "Stopped",
  unclear: "What is unclear?",
  lost: (n) => (n === 1 ? "1 student" : `${n} students`),
  question: "Question",
  answered: (n, all) => `${n} of ${all} answered`,
  closed: "Answers are closed",
  why: "Why it is so",
  said: "Answers from the class",
  talk: "Discussion task",
  make: "What we make",
  ideas: "The class's ideas",
  ended: "The lesson is over",
  thanks: "Thank you. See you next lesson.",
  gone: "This board is no longer connected to the lesson.",
  pairAgain: "Connect again",
  secondRound: "Think again",
};

export const board = { kk, ru, en };
export const w = words(board);
