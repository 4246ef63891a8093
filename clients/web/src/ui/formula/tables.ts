// The blocks of a text that may have tables, and formulas over several lines.
import { type RichBlock, blocks as wordsOf } from "../blocks";
import { parts } from "./find";

/** @property ends which columns stand at their end: figures under each other */
export type TableBlock = { kind: "table"; head: string[]; rows: string[][]; ends: boolean[] };

/** As the validator of kits holds them. */
const most = { columns: 8, rows: 20 };

/** @param plain paragraphs and tables only, for a text that has no other marks */
export function blocks(text: string, plain = false): (RichBlock | TableBlock)[] {
  const list: (RichBlock | TableBlock)[] = [];
  const lines = inOneLine(text).split("\n");
  let from = 0;
  const words = (to: number) => list.push(...wordsOf(lines.slice(from, to).join("\n"), plain));
  for (let at = 0; at < lines.length; at++) {
    const table = tableAt(lines, at);
    if (!table) continue;
    words(at);
    list.push(table.table);
    at = table.last;
    from = at + 1;
  }
  words(lines.length);
  return list;
}

/** A text for a page that shows no tables: their rows as lines, cell by cell. */
export function withoutTables(text: string): string {
  const lines = inOneLine(text).split("\n");
  const list: string[] = [];
  for (let at = 0; at < lines.length; at++) {
    const found = tableAt(lines, at);
    if (!found) {
      list.push(lines[at] ?? "");
      continue;
    }
    list.push(...[found.table.head, ...found.table.rows].map((row) => row.join(" · ")));
    at = found.last;
  }
  return list.join("\n");
}

/** A formula over several lines is one line of the text. */
const inOneLine = (text: string): string =>
  text.includes("$$") || text.includes("\\[")
    ? parts(text)
        .map((p) => ("tex" in p ? p.source.replaceAll("\n", " ") : p.text.replaceAll("$", "\\$")))
        .join("")
    : text;

/** A row of cells, a row of dashes of as many columns, and the rows that follow. */
function tableAt(lines: readonly string[], at: number): { table: TableBlock; last: number } | undefined {
  const head = cellsOf(lines[at]);
  const dashes = cellsOf(lines[at + 1]);
  if (!head || !dashes?.every((d) => /^:?-+:?$/.test(d)) || dashes.length !== head.length || head.length > most.columns) return undefined;
  const rows: string[][] = [];
  let last = at + 1;
  for (let row = cellsOf(lines[last + 1]); row; row = cellsOf(lines[last + 1])) {
    const full = row;
    rows.push(head.map((_, i) => full[i] ?? ""));
    last++;
    if (row.length > head.length || rows.length > most.rows) return undefined;
  }
  return { table: { kind: "table", head, rows, ends: dashes.map((d) => !d.startsWith(":") && d.endsWith(":")) }, last };
}

/** A `|` within a formula or behind a backslash divides nothing. */
function cellsOf(line: string | undefined): string[] | undefined {
  const row = line?.trim() ?? "";
  if (!row.startsWith("|") || !row.endsWith("|") || row.length < 3) return undefined;
  const cells = [""];
  const add = (text: string) => {
    cells[cells.length - 1] += text;
  };
  for (const part of parts(row.slice(1, -1))) {
    if ("tex" in part) {
      add(part.source);
      continue;
    }
    for (const [i, piece] of part.text.replaceAll("\\|", "\0").replaceAll("$", "\\$").split("|").entries()) {
      if (i > 0) cells.push("");
      add(piece.replaceAll("\0", "|"));
    }
  }
  return cells.map((c) => c.trim());
}
