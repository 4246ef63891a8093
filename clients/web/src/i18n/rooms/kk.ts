/** A lesson in several rooms at once. The shape of every language is this one's. */
export const words = {
  title: "Бөлмелер",
  about: "Сабаққа басқа бөлмедегі оқушылар да қатысса, сол бөлмені қосыңыз: оның өз сілтемесі, өз тақтасы болады.",
  hub: "Негізгі бөлме",
  newName: "Бөлменің аты",
  add: "Бөлме қосу",
  close: "Жабу",
  closeAsk: "Бөлмені жабасыз ба? Ондағы оқушылар мен тақталар негізгі бөлмеге ауысады, ештеңе жоғалмайды.",
  room: "Бөлме",
  roomOf: (name: string) => `${name}: бөлмесі`,
  which: "Қай бөлмедесіз?",
  joined: (n: number, here: number) => `Кіргені: ${n} · желіде: ${here}`,
  hands: (n: number) => `Қол көтергені: ${n}`,
  answered: (n: number, all: number) => `Жауап бергені: ${n} / ${all}`,
  lost: (n: number, all: number) => `Түсінбегені: ${n} / ${all}`,
  notHandedIn: (n: number) => `Тапсырмағаны: ${n}`,
  inRoom: (n: number) => `Осында: ${n}`,
  inAll: (n: number) => `барлығы: ${n}`,
  lostAll: (n: number, all: number) => `барлығы: ${n} / ${all}`,
  teamLimits: (range: string) => `Топ саны: ${range}. Әр бөлменің өз топтары бар, бір телефондағылар бір топта болады.`,
  over: "Сабақ аяқталды: бөлмелер сол күйінде қалады.",
};
export type RoomsWords = typeof words;
