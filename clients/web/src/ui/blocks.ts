// A text's blocks, line by line: paragraphs and lists. Tables are found late (`formula/tables.ts`).

type Kind = "p" | "ul" | "ol";
export type RichBlock = { kind: Kind; lines: string[] };

/** @param plain one paragraph: the text has no such marks */
export function blocks(text: string, plain = false): RichBlock[] {
  if (plain) return text.trim() === "" ? [] : [{ kind: "p", lines: [text] }];
  const list: RichBlock[] = [];
  let open = false;
  for (const raw of text.split("\n")) {
    const line = raw.trim();
    const bullet = /^[-*•] (.*)$/.exec(line)?.[1];
    const number = /^\d+[.)] (.*)$/.exec(line)?.[1];
    const kind: Kind = bullet !== undefined ? "ul" : number !== undefined ? "ol" : "p";
    const last = list.at(-1);
    if (line === "") open = false;
    else if (last && last.kind === kind && open) last.lines.push(bullet ?? number ?? line);
    else {
      list.push({ kind, lines: [bullet ?? number ?? line.replace(/^#+ /, "")] });
      open = true;
    }
  }
  return list;
}
