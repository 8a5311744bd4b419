import { explain } from "@linge/domain/error/catalogue.ts";
import { reasonOf } from "../../platform/http/errors.ts";
import type { Language } from "../../platform/http/language.ts";

/**
 * One entry of the specification's error array. 403 is for keys, 404 for what does not exist, 400 for the rest; 429,
 * 500 and 503 say that the same request may succeed later, which 400 would deny.
 */
export type Problem = { status: 400 | 403 | 404 | 429 | 500 | 503; text: Record<Language, string> };

/** Carries problems out of a handler; all of them are told at once. */
export class Open311Refusal extends Error {
  readonly problems: Problem[];

  constructor(problems: Problem[]) {
    super(problems.map((each) => each.text.en).join(" "));
    this.problems = problems;
  }
}

export function bad(zh: string, en: string): Problem {
  return { status: 400, text: { zh, en } };
}

/** @throws Open311Refusal always */
export function refuseWith(status: Problem["status"], zh: string, en: string): never {
  throw new Open311Refusal([{ status, text: { zh, en } }]);
}

const kept: readonly number[] = [404, 429, 500, 503];

/** What an error of any kind is called in the specification's terms. */
export function problemsOf(error: unknown): Problem[] {
  if (error instanceof Open311Refusal) return error.problems;
  const { code } = error as { code?: string };
  if (code === "FST_ERR_CTP_INVALID_MEDIA_TYPE")
    return [
      bad(
        "请用 application/x-www-form-urlencoded 或 multipart/form-data 提交。",
        "Send application/x-www-form-urlencoded or multipart/form-data.",
      ),
    ];
  const reason = reasonOf(error);
  const status = reason.status === 507 ? 503 : kept.includes(reason.status) ? reason.status : 400;
  return [{ status: status as Problem["status"], text: { zh: explain(reason, "zh"), en: explain(reason, "en") } }];
}
