import type { IconName } from "../../ui/icons";

export const faces: IconName[] = ["slow", "right", "fast", "tooFast"];
