import { gridRoles } from "@linge/domain/access/role.ts";
import type { Session } from "../api.ts";
import { FileIntake } from "./FileIntake.tsx";
import { LoadReport } from "./LoadReport.tsx";
import { PhoneList } from "./PhoneList.tsx";
import "./phones.css";
import { usePhonesTexts } from "./texts.ts";
import { Visits } from "./Visits.tsx";

/** What has to be done at a desk for those who work with a phone: choices, lost phones, files, full phones. */
export function PhonesAndVisits({ session }: { session: Session }) {
  const { t } = usePhonesTexts();
  const { grants, login } = session.person!;
  const roles = new Set(grants.map(({ role }) => role));
  return (
    <main className="middle whole phones">
      <h2>{t.title}</h2>
      {gridRoles.some((role) => roles.has(role)) && <Visits />}
      {!roles.has("cityAdmin") && <FileIntake login={login} />}
      <PhoneList />
      {roles.has("cityAdmin") && <LoadReport />}
    </main>
  );
}
