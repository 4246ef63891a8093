// What temml made of a formula, by a list of what is allowed: only MathML's own elements, attributes of measure and form, and none that lead anywhere,
// run, name or colour. Anything else refuses the formula as a whole. The list is small on purpose; it is never made longer by what a text holds.

/** @property kids in order; a text stands in `text` alone */
export type MathItem = { name: string; attributes: Record<string, string>; kids: MathItem[]; text: string };

/** Of temml's own tree, which it exports for this use. */
type Built = {
  type?: string;
  text?: string;
  attributes?: Record<string, unknown>;
  classes?: string[];
  style?: Record<string, unknown>;
  children?: Built[];
};

const elements = new Set(
  "math mrow mi mn mo mtext mspace mfrac msqrt mroot msub msup msubsup munder mover munderover mtable mtr mtd mpadded mphantom mstyle".split(
    " ",
  ),
);
const attributes = new Set(
  "accent accentunder columnspan depth display displaystyle fence form height largeop linethickness lspace mathvariant maxsize minsize movablelimits rowspan rspace scriptlevel separator stretchy symmetric voffset width".split(
    " ",
  ),
);
/** menclose is of no MathML that browsers draw; what a school needs of it is a line. */
const lines: Record<string, string> = {
  top: "line-over",
  bottom: "line-under",
  updiagonalstrike: "strike-up",
  downdiagonalstrike: "strike-down",
};
const classes = new Set(["tml-left", "tml-right"]);
const styles = new Set(["padding", "paddingLeft", "paddingRight", "border", "borderBottom", "borderRight", "borderLeft", "borderTop"]);
const measure = /^[-+\w.% ]{1,24}$/;
const most = 1500;

class Refused extends Error {}

/**
 * @param isChemical it came of \ce
 * @throws where it holds anything that is not allowed, or too much
 */
export function cleaned(built: Built, isChemical: boolean): MathItem {
  let count = 0;
  const many = (children: Built[] = []): MathItem[] => (isChemical ? joined(children.flatMap(one)) : children.flatMap(one));
  const one = (b: Built): MathItem[] => {
    if (++count > most) throw new Refused("too large");
    if (b.type === undefined && typeof b.text === "string") return [{ name: "", attributes: {}, kids: [], text: b.text }];
    // A fragment has no element of its own.
    if (b.type === undefined && b.children && b.attributes === undefined) return many(b.children);
    if (b.type === "menclose") return [enclosed(b)];
    if (b.type === undefined || !elements.has(b.type)) throw new Refused(`${b.type}`);
    return [{ name: b.type, attributes: attributesOf(b), kids: many(b.children), text: "" }];
  };
  const enclosed = (b: Built): MathItem => {
    const line = lines[`${b.attributes?.notation}`];
    if (!line) throw new Refused("menclose");
    return { name: "mrow", attributes: { class: line }, kids: many(b.children), text: "" };
  };
  const [math, ...rest] = one(built);
  if (math?.name !== "math" || rest.length > 0) throw new Refused("no math");
  return math;
}

/**
 * Chemistry hangs an index on nothing, behind its letter; with the letter as its base it is lowered as an index is, and read with it. And its arrows take
 * twice the room of their words. A number is no letter: what hangs behind it hangs before the next one.
 */
function joined(items: MathItem[]): MathItem[] {
  const list: MathItem[] = [];
  for (const item of items) {
    const [base, ...rest] = item.kids;
    const before = list.at(-1);
    if (/^msu[bp]/.test(item.name) && base && isEmpty(base) && before && bases.has(before.name)) {
      list[list.length - 1] = { ...item, kids: [before, ...rest] };
    } else {
      list.push(item.name === "mspace" && item.attributes.width === "4.0000em" ? { ...item, attributes: { width: "2em" } } : item);
    }
  }
  return list;
}

const bases = new Set(["mi", "mrow", "mpadded", "mtext", "msub", "msup"]);
const isEmpty = (item: MathItem): boolean => item.name === "mrow" && item.kids.length === 0;

function attributesOf({ attributes: given = {}, classes: named = [], style = {} }: Built): Record<string, string> {
  const kept: Record<string, string> = {};
  for (const [name, value] of Object.entries(given)) {
    if (value === undefined || value === null || name === "xmlns") continue;
    if (!attributes.has(name) || !measure.test(`${value}`)) throw new Refused(name);
    kept[name] = `${value}`;
  }
  const shown = named.filter((name) => classes.has(name));
  for (const [name, value] of Object.entries(style)) {
    if (styles.has(name) && measure.test(`${value}`)) kept[`style.${name}`] = `${value}`;
    else if (name === "position") throw new Refused("position");
  }
  if (shown.length > 0) kept.class = shown.join(" ");
  return kept;
}

/** The words and signs of a part, as they follow each other. */
export const textOf = (item: MathItem): string => item.text + item.kids.map(textOf).join("");
