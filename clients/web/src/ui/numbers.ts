/** 12400 as "12 400". */
export const grouped = (n: number): string => `${n}`.replace(/\B(?=(\d{3})+$)/g, "\u00a0");
