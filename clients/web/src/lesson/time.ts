/** Orders by time, earliest first. */
export const byTime = (a: string | undefined, b: string | undefined): number => Date.parse(a ?? "") - Date.parse(b ?? "");
