/** A combined class: two groups of one room, a lesson each. The shape of every language is this one's. */
export const words = {
  title: "Біріктірілген сынып",
  open: "Екінші топты ашу (біріктірілген сынып)",
  about:
    "Бір кабинетте екі сынып отырса: екіншісінің өз сабағы, өз жоспары, өз қадамы болады. Екі сабаққа да екеуінің кез келгенінің кодымен кіруге болады.",
  choose: "Екінші топтың сабағын таңдаңыз",
  first: (name: string) => `Бірінші топ: ${name}`,
  here: "осы топ",
};
export type CombinedWords = typeof words;
