/** The board's words. The shape of every language is this one's. */
export const words = {
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
export type BoardWords = typeof words;
