import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { territoryApi, type ImportRequest, type Named, type Preview } from "./api.ts";
import { FaultList } from "./FaultList.tsx";
import { useTerritoryTexts } from "./texts.ts";

const systems = ["WGS84", "GCJ02", "BD09"] as const;
const lists = ["added", "changed", "absent"] as const;
/** The day it is in the city, which is eight hours ahead of UTC. */
const today = (): string => new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10);

/** Files are read and shown with all they would change before anything comes into force. */
export function ImportForm() {
  const { t } = useTerritoryTexts();
  const client = useQueryClient();
  const [files, setFiles] = useState<ImportRequest["files"]>([]);
  const [rest, setRest] = useState<Omit<ImportRequest, "files">>({
    from: "WGS84",
    day: today(),
    indicative: false,
    endAbsent: false,
  });
  const [preview, setPreview] = useState<Preview>();
  const [accept, setAccept] = useState(false);
  const [said, setSaid] = useState("");
  const request = { ...rest, files };
  const change = (part: Partial<typeof rest>): void => {
    setRest({ ...rest, ...part });
    setPreview(undefined);
  };
  const take = async (list: FileList | null): Promise<void> => {
    setPreview(undefined);
    setFiles(await Promise.all([...(list ?? [])].map(async (file) => ({ name: file.name, text: await file.text() }))));
  };
  const attempt = async (act: () => Promise<string>): Promise<void> => {
    try {
      setSaid(await act());
    } catch (error) {
      setSaid((error as Error).message);
    }
  };
  const look = (): Promise<void> => {
    setSaid(t.looking);
    return attempt(async () => {
      setPreview(await territoryApi.preview(request));
      return "";
    });
  };
  const apply = (): Promise<void> =>
    attempt(async () => {
      const done = await territoryApi.bringIn({ ...request, id: crypto.randomUUID(), acceptFaults: accept });
      setPreview(undefined);
      setFiles([]);
      await client.invalidateQueries();
      return t.done(done.versions, done.ended, done.moved);
    });
  return (
    <section aria-label={t.bringIn} className="import">
      <h3>{t.bringIn}</h3>
      <label>
        {t.files}
        <input type="file" multiple accept=".geojson,.json,.csv" onChange={(event) => void take(event.target.files)} />
      </label>
      <label>
        {t.system}
        <select value={rest.from} onChange={(event) => change({ from: event.target.value as ImportRequest["from"] })}>
          {systems.map((system) => (
            <option key={system} value={system}>
              {t.systems[system]}
            </option>
          ))}
        </select>
      </label>
      <label>
        {t.day}
        <input type="date" value={rest.day} max={today()} onChange={(event) => change({ day: event.target.value })} />
      </label>
      <label className="tick">
        <input type="checkbox" checked={rest.indicative} onChange={() => change({ indicative: !rest.indicative })} />
        {t.linesAreIndicative}
      </label>
      <label className="tick">
        <input type="checkbox" checked={rest.endAbsent} onChange={() => change({ endAbsent: !rest.endAbsent })} />
        {t.endAbsent}
      </label>
      <div className="buttons">
        <button disabled={!files.length} onClick={() => void look()}>
          {t.look}
        </button>
      </div>
      {said && <p role="status">{said}</p>}
      {preview && <Changes preview={preview} from={rest.from} />}
      {preview && preview.faults.count > 0 && (
        <label className="tick">
          <input type="checkbox" checked={accept} onChange={() => setAccept(!accept)} />
          {t.acceptFaults}
        </label>
      )}
      {preview && (
        <button className="primary" disabled={preview.faults.count > 0 && !accept} onClick={() => void apply()}>
          {t.apply}
        </button>
      )}
    </section>
  );
}

function Changes({ preview, from }: { preview: Preview; from: string }) {
  const { t } = useTerritoryTexts();
  const names = (list: readonly Named[]): string => list.map(({ zh, code }) => `${zh} ${code}`).join("、");
  return (
    <>
      <p>{t.conversion[from]}</p>
      <p>
        {Object.entries(preview.counts)
          .filter(([, count]) => count > 0)
          .map(([key, count]) => `${t.counts[key]} ${count}`)
          .join(" · ") || t.nothing}
      </p>
      {lists.map(
        (key) =>
          preview[key].length > 0 && (
            <details key={key}>
              <summary>
                {t.counts[key]} {preview.counts[key]}
              </summary>
              <p>{names(preview[key])}</p>
            </details>
          ),
      )}
      {preview.problems.length > 0 && (
        <details open>
          <summary>{t.problems(preview.problems.length)}</summary>
          <ul>
            {preview.problems.map((problem, i) => (
              <li key={i}>{`${problem.file}, ${problem.place}: ${problem.en}`}</li>
            ))}
          </ul>
        </details>
      )}
      <FaultList found={preview.faults} />
    </>
  );
}
