// How each counted sentence is said, written out by hand. `#` is the number. `zero`, `first`: how 0 or 1 alone is said, where it has a form of its own.

/** Every number that the interface may say, with the Russian noun it takes. */
export const russianNouns = `
0 учеников, 1 ученик, 2 ученика, 3 ученика, 4 ученика, 5 учеников, 6 учеников, 7 учеников, 8 учеников, 9 учеников,
10 учеников, 11 учеников, 12 учеников, 13 учеников, 14 учеников, 15 учеников, 16 учеников, 17 учеников, 18 учеников, 19 учеников,
20 учеников, 21 ученик, 22 ученика, 23 ученика, 24 ученика, 25 учеников,
100 учеников, 101 ученик, 102 ученика, 103 ученика, 104 ученика, 105 учеников, 106 учеников, 107 учеников, 108 учеников, 109 учеников,
110 учеников, 111 учеников, 112 учеников, 113 учеников, 114 учеников, 115 учеников, 116 учеников, 117 учеников, 118 учеников,
119 учеников, 120 учеников, 121 ученик, 122 ученика, 123 ученика, 124 ученика, 125 учеников`;

export const englishNouns = `
0 students, 1 student, 2 students, 3 students, 4 students, 5 students, 6 students, 7 students, 8 students, 9 students,
10 students, 11 students, 12 students, 13 students, 14 students, 15 students, 16 students, 17 students, 18 students, 19 students,
20 students, 21 students, 22 students, 23 students, 24 students, 25 students,
100 students, 101 students, 102 students, 103 students, 104 students, 105 students, 106 students, 107 students, 108 students,
109 students, 110 students, 111 students, 112 students, 113 students, 114 students, 115 students, 116 students, 117 students,
118 students, 119 students, 120 students, 121 students, 122 students, 123 students, 124 students, 125 students`;

export const kazakhNouns = `
0 оқушы, 1 оқушы, 2 оқушы, 3 оқушы, 4 оқушы, 5 оқушы, 6 оқушы, 7 оқушы, 8 оқушы, 9 оқушы, 10 оқушы, 11 оқушы, 12 оқушы, 13 оқушы,
14 оқушы, 15 оқушы, 16 оқушы, 17 оқушы, 18 оқушы, 19 оқушы, 20 оқушы, 21 оқушы, 22 оқушы, 23 оқушы, 24 оқушы, 25 оқушы,
100 оқушы, 101 оқушы, 102 оқушы, 103 оқушы, 104 оқушы, 105 оқушы, 106 оқушы, 107 оқушы, 108 оқушы, 109 оқушы, 110 оқушы, 111 оқушы,
112 оқушы, 113 оқушы, 114 оқушы, 115 оқушы, 116 оқушы, 117 оқушы, 118 оқушы, 119 оқушы, 120 оқушы, 121 оқушы, 122 оқушы, 123 оқушы,
124 оқушы, 125 оқушы`;

export type Forms = { one: string; few: string; many: string; zero?: string; first?: string };

/** Path of a sentence, and which of its arguments is counted; another argument is 9. */
export const russian: Record<string, Forms> = {
  "audit.estimate/0": {
    zero: "Понадобится примерно # запросов к модели и 9 токенов.",
    one: "Понадобится примерно # запрос к модели и 9 токенов.",
    few: "Понадобится примерно # запроса к модели и 9 токенов.",
    many: "Понадобится примерно # запросов к модели и 9 токенов.",
  },
  "audit.estimate/1": {
    zero: "Понадобится примерно 9 запросов к модели и # токенов.",
    one: "Понадобится примерно 9 запросов к модели и # токен.",
    few: "Понадобится примерно 9 запросов к модели и # токена.",
    many: "Понадобится примерно 9 запросов к модели и # токенов.",
  },
  "common.students/0": { one: "# ученик", few: "# ученика", many: "# учеников" },
  "common.joined/0": { one: "Вошёл # ученик", few: "Вошли # ученика", many: "Вошли # учеников" },
  "common.minutesLeft/0": { one: "осталась # мин", few: "осталось # мин", many: "осталось # мин" },
  "common.teams/0": { one: "# команда", few: "# команды", many: "# команд" },
  "common.votes/0": { one: "# голос", few: "# голоса", many: "# голосов" },
  "common.answers/0": { one: "# ответ", few: "# ответа", many: "# ответов" },
  "common.words/0": { one: "# слово", few: "# слова", many: "# слов" },
  "student.read.pressedMany/0": {
    one: "Вы отметили # предложение. Учитель видит.",
    few: "Вы отметили # предложения. Учитель видит.",
    many: "Вы отметили # предложений. Учитель видит.",
  },
  "student.work.count/1": { zero: "9 слов", one: "9 из # слова", few: "9 из # слов", many: "9 из # слов" },
  "student.work.missing.words/0": { one: "ещё # слово", few: "ещё # слова", many: "ещё # слов" },
  "student.work.handInShort/0": {
    one: "На # слово меньше, чем нужно. Всё равно сдать?",
    few: "На # слова меньше, чем нужно. Всё равно сдать?",
    many: "На # слов меньше, чем нужно. Всё равно сдать?",
  },
  "student.tutor.ownFirst/0": {
    one: "Сначала напишите свой черновик: ещё # слово. Потом можно спрашивать.",
    few: "Сначала напишите свой черновик: ещё # слова. Потом можно спрашивать.",
    many: "Сначала напишите свой черновик: ещё # слов. Потом можно спрашивать.",
  },
  "student.tutor.asked/0": { one: "Вы задали # вопрос", few: "Вы задали # вопроса", many: "Вы задали # вопросов" },
  "teacher.explain.selected/0": {
    first: "Объяснить снова отмеченное предложение",
    one: "Объяснить снова отмеченное: # предложение",
    few: "Объяснить снова отмеченное: # предложения",
    many: "Объяснить снова отмеченное: # предложений",
  },
  "teacher.work.minWords/0": {
    one: "своими словами не меньше # слова",
    few: "своими словами не меньше # слов",
    many: "своими словами не меньше # слов",
  },
  "teacher.work.fewer/0": { one: "на # слово меньше", few: "на # слова меньше", many: "на # слов меньше" },
  "teacher.work.dropped/0": {
    first: "Убрана # цитата, которой нет в работе.",
    one: "Убрана # цитата, которых нет в работе.",
    few: "Убраны # цитаты, которых нет в работе.",
    many: "Убрано # цитат, которых нет в работе.",
  },
  "teacher.cards.lost/0": {
    one: "# ученик остановился на этом предложении",
    few: "# ученика остановились на этом предложении",
    many: "# учеников остановились на этом предложении",
  },
  "teacher.cards.moreTime/0": { one: "# просит ещё минуту", few: "# просят ещё минуту", many: "# просят ещё минуту" },
  "teacher.tutor.asked/0": { one: "# вопрос ИИ", few: "# вопроса ИИ", many: "# вопросов ИИ" },
  "teacher.tutor.newer/0": { one: "С тех пор ещё # вопрос.", few: "С тех пор ещё # вопроса.", many: "С тех пор ещё # вопросов." },
  "teacher.ended.facts/0": { one: "# ученик · 9 работ", few: "# ученика · 9 работ", many: "# учеников · 9 работ" },
  "teacher.ended.facts/1": { one: "9 учеников · # работа", few: "9 учеников · # работы", many: "9 учеников · # работ" },
  "mentor.sessions/0": { one: "# урок · 9 учеников", few: "# урока · 9 учеников", many: "# уроков · 9 учеников" },
  "mentor.sessions/1": { one: "9 уроков · # ученик", few: "9 уроков · # ученика", many: "9 уроков · # учеников" },
  "mentor.comingAll/0": { one: "Иду · объясню # ученику", few: "Иду · объясню # ученикам", many: "Иду · объясню # ученикам" },
  "formula.degrees/0": { one: "# градус", few: "# градуса", many: "# градусов" },
  "formula.mixed/0": { one: "# целая и 9", few: "# целых и 9", many: "# целых и 9" },
  "formula.percent/0": { one: "# процент", few: "# процента", many: "# процентов" },
};

/** English has one form for 1 and one for all others. */
const two = (one: string, many: string): Forms => ({ one, few: many, many });

export const english: Record<string, Forms> = {
  "common.students/0": two("# student", "# students"),
  "common.joined/0": two("# student has joined", "# students have joined"),
  "common.teams/0": two("# team", "# teams"),
  "common.votes/0": two("# vote", "# votes"),
  "common.answers/0": two("# answer", "# answers"),
  "common.words/0": two("# word", "# words"),
  "board.lost/0": two("# student", "# students"),
  "student.read.pressedMany/0": two("You marked # sentence. The teacher sees it.", "You marked # sentences. The teacher sees it."),
  "student.work.count/1": { zero: "9 words", ...two("9 of # word", "9 of # words") },
  "student.work.missing.words/0": two("# more word", "# more words"),
  "student.work.handInShort/0": two(
    "# word fewer than asked for. Hand it in all the same?",
    "# words fewer than asked for. Hand it in all the same?",
  ),
  "student.tutor.ownFirst/0": two(
    "First write your own draft: # more word. Then you may ask.",
    "First write your own draft: # more words. Then you may ask.",
  ),
  "student.tutor.asked/0": two("You asked # question", "You asked # questions"),
  "teacher.explain.selected/0": two("Explain again the selected sentence:", "Explain again the selected # sentences:"),
  "teacher.work.minWords/0": two("at least # word of their own", "at least # words of their own"),
  "teacher.work.fewer/0": two("# word fewer than asked for", "# words fewer than asked for"),
  "teacher.work.dropped/0": two("# quote was dropped: not found in the work.", "# quotes were dropped: not found in the work."),
  "teacher.cards.lost/0": two("# student stopped at this sentence", "# students stopped at this sentence"),
  "teacher.cards.moreTime/0": two("# asks for one more minute", "# ask for one more minute"),
  "teacher.tutor.asked/0": two("# question to the AI", "# questions to the AI"),
  "teacher.tutor.newer/0": two("# question more since then.", "# questions more since then."),
  "teacher.ended.facts/0": two("# student · 9 works", "# students · 9 works"),
  "teacher.ended.facts/1": two("9 students · # work", "9 students · # works"),
  "mentor.sessions/0": two("# session · 9 students", "# sessions · 9 students"),
  "mentor.sessions/1": two("9 sessions · # student", "9 sessions · # students"),
  "formula.degrees/0": two("# degree", "# degrees"),
};

/** A Kazakh noun after a numeral stays as it is: no sentence has two forms. */
export const kazakh: Record<string, Forms> = {};
