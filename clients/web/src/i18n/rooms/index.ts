import { shared } from "../dictionary";
import type { RoomsWords } from "./kk";

export const w = shared<RoomsWords>("rooms");
