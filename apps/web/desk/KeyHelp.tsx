import { useTexts } from "./language.tsx";

/** Every key of the desk, as `?` shows them. */
export function KeyHelp({ onClose }: { onClose: () => void }) {
  const { t } = useTexts();
  return (
    <dialog open aria-label={t.shortcuts}>
      <h2>{t.shortcuts}</h2>
      <dl>
        {t.shortcutList.map(([keys, what]) => (
          <div key={keys}>
            <dt>{keys}</dt>
            <dd>{what}</dd>
          </div>
        ))}
      </dl>
      <button autoFocus onClick={onClose}>
        {t.close}
      </button>
    </dialog>
  );
}
