import { useState } from "preact/hooks";
import { t } from "../i18n";
import { Button, Choice, LanguageSwitch } from "./parts";
import { Sheet } from "./Sheet";
import { size, sizes, theme, themes } from "./theme";

export function ThemeChoice() {
  return (
    <Choice
      label={t().theme}
      value={theme.value}
      options={themes}
      name={(x) => t().themes[x]}
      onPick={(x) => {
        theme.value = x;
      }}
    />
  );
}

export function SizeChoice() {
  return (
    <Choice
      label={t().size}
      value={size.value}
      options={sizes}
      name={(s) => t().sizes[Number(s)] ?? s}
      onPick={(s) => {
        size.value = s;
      }}
    />
  );
}

/** Language, colours and text size of this device, behind one small button. */
export function Looks() {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button kind="quiet" compact class="looks" title={t().look} onClick={() => setOpen(true)} data-testid="look">
        <span aria-hidden="true">Аа</span>
        <span class="unseen">{t().look}</span>
      </Button>
      {open && (
        <Sheet title={t().look} onClose={() => setOpen(false)}>
          <h3>{t().language}</h3>
          <LanguageSwitch />
          <h3>{t().size}</h3>
          <SizeChoice />
          <h3>{t().theme}</h3>
          <ThemeChoice />
        </Sheet>
      )}
    </>
  );
}
