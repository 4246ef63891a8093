// For a page whose words all come with it.
import { learn } from "./known";

learn(import.meta.glob(["./common/*.ts", "./refusals/*.ts", "./rooms/*.ts", "!./*/index.ts"], { eager: true, import: "words" }));
