import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState, type FormEvent } from "react";
import { insight } from "./api.ts";
import { useInsightTexts } from "./texts.ts";

/** How many people live where, a line each: what rates are reckoned with. */
export function ResidentsForm() {
  const { t } = useInsightTexts();
  const words = t.comparison;
  const client = useQueryClient();
  const kept = useQuery({ queryKey: ["residents"], queryFn: insight.residents });
  const [said, setSaid] = useState("");
  if (!kept.data) return null;
  const lines = kept.data.residents.map(({ areaCode, residents, source }) => `${areaCode}, ${residents}, ${source}`);
  const submit = async (event: FormEvent<HTMLFormElement>): Promise<void> => {
    event.preventDefault();
    const text = String(new FormData(event.currentTarget).get("residents"));
    const residents = text
      .split("\n")
      .filter((line) => line.trim())
      .map((line) => {
        const [areaCode = "", count = "", ...source] = line.split(/[,，]/);
        return { areaCode: areaCode.trim(), residents: Number(count.trim()), source: source.join("，").trim() };
      });
    try {
      await insight.setResidents(residents);
      await client.invalidateQueries({ queryKey: ["comparison"] });
      setSaid(words.saved);
    } catch (error) {
      setSaid((error as Error).message);
    }
  };
  return (
    <details className="setting">
      <summary>{words.residents}</summary>
      <form onSubmit={(event) => void submit(event)}>
        <label>
          {words.residentsHint}
          <textarea name="residents" defaultValue={lines.join("\n")} rows={8} />
        </label>
        <button>{words.residentsSave}</button> <span role="status">{said}</span>
      </form>
    </details>
  );
}
