type Props = {
  label: string;
  value: string;
  onChange: (text: string) => void;
  /** By both a password manager knows which is which. */
  name: string;
  autocomplete: "current-password" | "new-password";
};

/** A password as a person types it, with its label. */
export function PasswordField({ label, value, onChange, name, autocomplete }: Props) {
  return (
    <label class="stack tight">
      {label}
      <input type="password" name={name} autocomplete={autocomplete} value={value} onInput={(e) => onChange(e.currentTarget.value)} />
    </label>
  );
}
