import { useUnits } from "../names.ts";
import { useTexts } from "../language.tsx";
import { useWords } from "./summary.ts";

type Options = [value: string, name: string][];

/** Kinds of unit that the city has, by name. */
export function useKinds(): Options {
  const { units } = useUnits();
  const { kindOf } = useWords();
  return [...new Set(units.map((unit) => unit.kind))].map((kind): [string, string] => [kind, kindOf(kind)]);
}

/** Who may be sent work: a kind of unit of the place, or one unit by name. */
export function useTargets(): Options {
  const { units } = useUnits();
  const { language } = useTexts();
  const { targetOf } = useWords();
  const kinds = useKinds().map(([kind]): [string, string] => [`kind:${kind}`, targetOf(`kind:${kind}`)]);
  return [...kinds, ...units.map((unit): [string, string] => [unit.id, unit[language]])];
}
