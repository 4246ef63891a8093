// Every language at once, for the tests.
import { learn } from "../src/i18n/known";

const files = import.meta.glob(["../src/i18n/{common,refusals,rooms,student}/*.ts", "!../src/i18n/*/index.ts"], {
  eager: true,
  import: "words",
});

learn(Object.fromEntries(Object.entries(files).map(([path, words]) => [path.replace("../src/i18n/", "./"), words])));
