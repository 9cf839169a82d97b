import { LANGUAGES, type Language, spoken, t } from "../core/t.ts";
import { Switch } from "./button.tsx";

/** Each language by its own name, so that nobody has to read another one to find hers. */
export function LanguageChoice({ onChoose }: { onChoose: (tag: Language) => void }) {
  return (
    <Switch
      label={t`Language`}
      value={spoken()}
      onChange={onChoose}
      choices={LANGUAGES.map(({ tag, name }) => ({ value: tag, words: name, lang: tag }))}
    />
  );
}
