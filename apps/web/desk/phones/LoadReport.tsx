import { useQuery } from "@tanstack/react-query";
import { momentText } from "../../ui/time.ts";
import { phonesApi } from "./api.ts";
import { usePhonesTexts } from "./texts.ts";

const minute = 60_000;
const day = 86_400_000;

/** For the operator: who comes near the cap, whose work waits in line, whose clock is wrong. */
export function LoadReport() {
  const { t, language } = usePhonesTexts();
  const found = useQuery({ queryKey: ["phoneReport"], queryFn: phonesApi.report });
  if (!found.data) return null;
  const drift = (ms: number | undefined): string => {
    if (ms === undefined) return "";
    const size = Math.abs(ms);
    return size >= day ? t.days(Math.round(ms / day)) : t.minutes(Math.round(ms / minute));
  };
  return (
    <section>
      <h3>{t.load}</h3>
      <p className="quiet">{t.loadWhy(found.data.cap)}</p>
      <div className="scroll" role="region" aria-label={t.load} tabIndex={0}>
        <table>
          <thead>
            <tr>
              {t.columns.map((column) => (
                <th key={column} scope="col">
                  {column}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {found.data.phones.map((line) => (
              <tr key={line.worker}>
                <th scope="row">{line.name}</th>
                <td>{line.records}</td>
                <td>
                  {Math.round(line.share * 100)}% {t.standing[line.standing]}
                </td>
                <td>{line.lastContact ? momentText(line.lastContact, language) : t.never}</td>
                <td>{line.held}</td>
                <td>{drift(line.driftMs)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}
