import { useEffect, useState } from "react";
import { useInsightTexts } from "./texts.ts";

/** Shown only when the wait is long enough to be noticed. */
export function Waiting() {
  const { t } = useInsightTexts();
  const [late, setLate] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), 300);
    return () => clearTimeout(timer);
  }, []);
  return late ? (
    <p className="waiting" role="status">
      {t.wait}
    </p>
  ) : null;
}

/** What happened, and a way on. */
export function Problem({ error, onRetry }: { error: Error; onRetry: () => void }) {
  const { t } = useInsightTexts();
  return (
    <p className="problem" role="alert">
      {error.message} <button onClick={onRetry}>{t.alarms.retry}</button>
    </p>
  );
}
