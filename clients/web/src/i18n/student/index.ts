import { shared } from "../dictionary";
import type { StudentWords } from "./kk";

export const w = shared<StudentWords>("student");
