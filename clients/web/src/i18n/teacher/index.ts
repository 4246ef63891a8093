import { words } from "..";
import { en } from "./en";
import { kk } from "./kk";
import { ru } from "./ru";

export const w = words({ kk, ru, en });
