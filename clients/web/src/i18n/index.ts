// What every screen imports: the common words, the wording of refusals, the language. A screen's own words: `i18n/student`, ...

export { languages } from "../protocol/types";
export { t } from "./common";
export { comingWords, inLanguage, isLanguage, lackingWords, language, sameInAll, speak } from "./language";
export { ownNames } from "./names";
export { say } from "./refusals";
