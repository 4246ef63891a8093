// What every screen imports: the common words, the wording of refusals, the language. A screen's own words: `i18n/student`, ...

export { languages } from "../protocol/types";
export { t } from "./common";
export { inLanguage, isLanguage, language, sameInAll, speak } from "./language";
export { say } from "./refusals";
