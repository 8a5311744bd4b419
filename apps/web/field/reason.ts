import { explain, statuses, type ErrorCode, type ErrorParams } from "@linge/domain/error/catalogue.ts";
import type { Reason } from "@linge/sync/command/command.ts";
import { fieldTexts, type Language } from "./use.tsx";

/** Why something was not accepted, in words. */
export function reasonText({ code, params }: Reason, language: Language): string {
  const own = fieldTexts[language].waiting.reasons[code];
  const because = params.because as Reason | undefined;
  if (own) return because ? `${own} ${reasonText(because, language)}` : own;
  // What else would be possible now is for others to do.
  const state = fieldTexts[language].states[String(params.state)];
  if (code === "notPossibleNow" && state) return fieldTexts[language].waiting.notNow(state);
  if (Object.hasOwn(statuses, code))
    return explain({ code: code as ErrorCode, status: 0, params: params as ErrorParams }, language);
  return code;
}
