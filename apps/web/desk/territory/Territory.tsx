import { useState } from "react";
import type { Session } from "../api.ts";
import { territoryApi, type AreaRow, type Faults } from "./api.ts";
import { AreaPage } from "./AreaPage.tsx";
import { AreaTree } from "./AreaTree.tsx";
import { FaultList } from "./FaultList.tsx";
import { ImportForm } from "./ImportForm.tsx";
import { useTerritoryTexts } from "./texts.ts";
import "./territory.css";

/** The territory for those who keep it: a tree of its parts, one of them in full, the check, and bringing in other lines. */
export function Territory({ session }: { session: Session }) {
  const { t, language } = useTerritoryTexts();
  const [chosen, setChosen] = useState<AreaRow>();
  const [room, setRoom] = useState<"area" | "check" | "import">("area");
  const [faults, setFaults] = useState<Faults>();
  const check = async (): Promise<void> => {
    setRoom("check");
    setFaults(undefined);
    setFaults(await territoryApi.check());
  };
  return (
    <main className="whole territory">
      <h2>{t.title}</h2>
      <div className="buttons">
        <button aria-pressed={room === "check"} onClick={() => void check()}>
          {t.check}
        </button>
        <button aria-pressed={room === "import"} onClick={() => setRoom("import")}>
          {t.bringIn}
        </button>
      </div>
      <div className="halves">
        <nav aria-label={t.tree} className="tree">
          <b>{session.city[language]}</b>
          <AreaTree
            parent={session.city.code}
            chosen={room === "area" ? chosen?.code : undefined}
            onChoose={(area) => (setChosen(area), setRoom("area"))}
          />
        </nav>
        <div>
          {room === "area" && chosen && <AreaPage area={chosen} />}
          {room === "check" && (faults ? <FaultList found={faults} /> : <p role="status">{t.checking}</p>)}
          {room === "import" && <ImportForm />}
        </div>
      </div>
    </main>
  );
}
