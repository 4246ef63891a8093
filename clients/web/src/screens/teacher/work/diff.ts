// What changed between two versions of a text, word by word.

export type Piece = { text: string; changed: boolean };

/** Above this many pairs of words nothing is marked: both versions are shown as they are. */
const most = 4_000_000;

/** Both versions in pieces: in the first what is gone is marked, in the second what is new. Spaces go with the word before them. */
export function compare(before: string, after: string): [Piece[], Piece[]] {
  const [a, b] = [wordsOf(before), wordsOf(after)];
  const same = (i: number, j: number) => a[i]?.trim() === b[j]?.trim();
  let start = 0;
  while (start < a.length && start < b.length && same(start, start)) start++;
  let end = 0;
  while (end < a.length - start && end < b.length - start && same(a.length - 1 - end, b.length - 1 - end)) end++;
  const [n, m] = [a.length - start - end, b.length - start - end];
  if (n * m > most) return [[{ text: before, changed: false }], [{ text: after, changed: false }]];

  // Longest common subsequence of the middles, from their ends.
  const width = m + 1;
  const longest = new Uint16Array((n + 1) * width);
  const at = (i: number, j: number): number => longest[i * width + j] ?? 0;
  for (let i = n - 1; i >= 0; i--) {
    for (let j = m - 1; j >= 0; j--) {
      longest[i * width + j] = same(start + i, start + j) ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
    }
  }
  const gone = new Array<boolean>(a.length).fill(false);
  const fresh = new Array<boolean>(b.length).fill(false);
  let [i, j] = [0, 0];
  while (i < n || j < m) {
    if (i < n && j < m && same(start + i, start + j)) {
      i++;
      j++;
    } else if (j >= m || (i < n && at(i + 1, j) >= at(i, j + 1))) gone[start + i++] = true;
    else fresh[start + j++] = true;
  }
  return [pieces(a, gone), pieces(b, fresh)];
}

const wordsOf = (text: string): string[] => text.match(/^\s+|\S+\s*/g) ?? [];

function pieces(words: readonly string[], changed: readonly boolean[]): Piece[] {
  const list: Piece[] = [];
  words.forEach((text, i) => {
    const last = list.at(-1);
    if (last && last.changed === changed[i]) last.text += text;
    else list.push({ text, changed: changed[i] ?? false });
  });
  return list;
}
