export const words = {
  title: "Жұмысыңыз қайтарылды",
  how: "Толықтырып, қайта тапсырыңыз.",
};
export type ReturnedWords = typeof words;
