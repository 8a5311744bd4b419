import { seedPhrases } from "@linge/domain/category/phrases.ts";
import { suggest, train } from "@linge/domain/category/suggest.ts";
import { useMemo } from "react";
import { usePhone, useTexts } from "./use.tsx";

const shortest = 3;
type Props = { text: string; chosen: string; onChoose: (categoryId: string) => void };

/** Up to three categories that the words sound like; found on the phone, without a connection. */
export function Suggested({ text, chosen, onChoose }: Props) {
  const { language } = useTexts();
  const { state } = usePhone();
  const model = useMemo(() => train(seedPhrases), []);
  if (text.length < shortest) return null;
  const found = suggest(model, text).categories.flatMap(
    ({ id }) => state.basics.categories.find((category) => category.id === id) ?? [],
  );
  return (
    <div className="chips">
      {found.map((category) => (
        <button
          key={category.id}
          type="button"
          aria-pressed={category.id === chosen}
          onClick={() => onChoose(category.id)}
        >
          {category[language]}
        </button>
      ))}
    </div>
  );
}
