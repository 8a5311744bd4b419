import { leastCases } from "@linge/domain/insight/options.ts";
import { useQueryClient } from "@tanstack/react-query";
import { useState, type FormEvent } from "react";
import { insight, type ScanOptions } from "./api.ts";
import { useInsightTexts } from "./texts.ts";

const ranges = {
  maxShare: { min: 0.01, max: 0.5, step: 0.01 },
  maxRadiusKm: { min: 1, max: 500, step: 1 },
  minCases: { min: leastCases, max: 100, step: 1 },
  longestDays: { min: 1, max: 30, step: 1 },
  crossingKm: { min: 0, max: 200, step: 1 },
} as const;
const numbers = Object.keys(ranges) as (keyof typeof ranges)[];

/** How places are scanned; folded away, because hardly anybody needs it. */
export function OptionsForm({ options }: { options: ScanOptions }) {
  const { t } = useInsightTexts();
  const words = t.budget;
  const client = useQueryClient();
  const [said, setSaid] = useState("");
  const submit = async (event: FormEvent<HTMLFormElement>): Promise<void> => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const bridges = String(form.get("bridges"))
      .split("\n")
      .map((line) => line.split(/[\s,，]+/).filter(Boolean))
      .filter((pair) => pair.length === 2) as [string, string][];
    const changed = Object.fromEntries(numbers.map((name) => [name, Number(form.get(name))]));
    try {
      await insight.setOptions({ ...options, ...changed, weekdays: form.has("weekdays"), bridges });
      await client.invalidateQueries({ queryKey: ["budget"] });
      setSaid(words.saved);
    } catch (error) {
      setSaid((error as Error).message);
    }
  };
  return (
    <details className="setting">
      <summary>{words.options}</summary>
      <form className="fields" onSubmit={(event) => void submit(event)}>
        {numbers.map((name) => (
          <label key={name}>
            {words.option[name]}
            <input type="number" name={name} defaultValue={options[name]} required {...ranges[name]} />
          </label>
        ))}
        <label className="tick">
          <input type="checkbox" name="weekdays" defaultChecked={options.weekdays} /> {words.option.weekdays}
        </label>
        <label>
          {words.option.bridges}
          <textarea name="bridges" rows={3} defaultValue={options.bridges.map((pair) => pair.join(" ")).join("\n")} />
        </label>
        <p>
          <button>{words.saveOptions}</button> <span role="status">{said}</span>
        </p>
      </form>
    </details>
  );
}
