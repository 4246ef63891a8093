import { shared } from "../dictionary";
import type { CommonWords } from "./kk";

export const t = shared<CommonWords>("common");
