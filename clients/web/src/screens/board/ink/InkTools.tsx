import { w } from "../../../i18n/board";
import { Icon } from "../../../ui/icons";
import { colours, type Tool } from "./hand";
import { type Pens, picked } from "./pens";

const tools: readonly Tool[] = ["pen", "highlighter", "eraser"];

/** Low on the board, within a child's reach: each target is 64 px or more. A second press puts the tool down. */
export function InkTools({ pens, stepId }: { pens: Pens; stepId: string }) {
  const now = picked.value;
  const colour = now.tool === "highlighter" ? now.highlighter : now.pen;
  return (
    <div class="ink-tools" role="toolbar" aria-label={w().ink.tools}>
      {tools.map((tool) => (
        <button
          type="button"
          key={tool}
          class="tool"
          aria-pressed={tool === now.tool}
          aria-label={w().ink[tool]}
          data-testid={`ink-${tool}`}
          onClick={() => {
            picked.value = { ...now, tool: tool === now.tool ? undefined : tool };
          }}
        >
          <Icon name={tool} />
        </button>
      ))}
      <i class="between" />
      {colours.map((c) => (
        <button
          type="button"
          key={c}
          class="tool colour"
          aria-pressed={now.tool !== undefined && now.tool !== "eraser" && c === colour}
          aria-label={w().ink.colours[c]}
          data-testid={`ink-${c}`}
          onClick={() => {
            // A colour is picked to write with it.
            const tool = now.tool === "highlighter" ? "highlighter" : "pen";
            picked.value = { ...now, tool, [tool]: c };
          }}
        >
          <i class={c} />
        </button>
      ))}
      <i class="between" />
      <button
        type="button"
        class="tool"
        aria-label={w().ink.undo}
        disabled={!pens.ink.canUndo(stepId)}
        onClick={() => pens.ink.undo(stepId)}
        data-testid="ink-undo"
      >
        <Icon name="undo" />
      </button>
      <button
        type="button"
        class="tool word"
        disabled={pens.ink.over(stepId).length === 0}
        onClick={() => pens.ink.clear(stepId)}
        data-testid="ink-clear"
      >
        {w().ink.clear}
      </button>
    </div>
  );
}
