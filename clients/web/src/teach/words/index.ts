import { words } from "../../i18n";
import { en } from "./en";
import { kk } from "./kk";
import { ru } from "./ru";

export const w = words({ kk, ru, en });
