import { useQuery } from "@tanstack/react-query";
import { momentText } from "../../ui/time.ts";
import { deviceOf } from "../../ui/device.ts";
import { phonesApi, type PhoneRow } from "./api.ts";
import { usePhonesTexts } from "./texts.ts";

/** Phones in use: my own, or everybody's for the operator. A lost one is signed out from here. */
export function PhoneList() {
  const { t } = usePhonesTexts();
  const found = useQuery({ queryKey: ["phones"], queryFn: phonesApi.phones });
  const leave = async ({ id, person }: PhoneRow): Promise<void> => {
    if (!confirm(t.sure(person))) return;
    await phonesApi.signOut(id);
    await found.refetch();
  };
  return (
    <section aria-label={t.phones}>
      <h3>{t.phones}</h3>
      <p className="quiet">{t.phonesWhy}</p>
      {found.data?.phones.length === 0 && <p>{t.none}</p>}
      <ul className="plain">
        {found.data?.phones.map((phone) => (
          <Phone key={phone.id} phone={phone} onLeave={() => void leave(phone)} />
        ))}
      </ul>
    </section>
  );
}

function Phone({ phone, onLeave }: { phone: PhoneRow; onLeave: () => void }) {
  const { t, language } = usePhonesTexts();
  const device = deviceOf(phone.name);
  return (
    <li>
      <b>{phone.person}</b> · {device ? `${device.browser}, ${device.system}` : phone.name.slice(0, 40)} ·{" "}
      {t.seen(momentText(phone.seenAt, language))}{" "}
      {phone.leftAt ? (
        <span>{t.left(momentText(phone.leftAt, language))}</span>
      ) : phone.leaveAskedAt ? (
        <span>{t.asked}</span>
      ) : (
        <button onClick={onLeave}>{t.signOut}</button>
      )}
    </li>
  );
}
