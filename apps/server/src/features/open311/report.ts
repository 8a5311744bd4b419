import type { ReportCommand } from "@linge/domain/case/command.ts";
import type { CasePlace, Reporter } from "@linge/domain/case/record.ts";
import type { Category, Question } from "@linge/domain/category/category.ts";
import { createHash } from "node:crypto";
import type { House } from "../../platform/house.ts";
import type { Language } from "../../platform/http/language.ts";
import { Refusal } from "../../platform/http/refusal.ts";
import { reportCase, type CommandAnswer } from "../cases/commands.ts";
import { linkToken } from "../cases/links.ts";
import { areaOf } from "../cases/place.ts";
import { keepPhoto } from "../photos/commands.ts";
import type { Ask } from "./ask.ts";
import { mediaLinks } from "./body.ts";
import { derivedId } from "../../platform/derivedId.ts";
import type { Plain } from "./document.ts";
import { keyActor, type KeyHolder } from "./keys.ts";
import { numberOf, type Parameters } from "./parameters.ts";
import { bad, Open311Refusal, refuseWith, type Problem } from "./problem.ts";
import { choicesOf, knownCategories } from "./services.ts";
import { writeW3c } from "./w3cDate.ts";

const longestText = 4000;
const longestAnswer = 500;
const day = 86_400_000;

function placeOf(parameters: Parameters): CasePlace & { addressId?: string } {
  const [lat, lon] = [numberOf(parameters, "lat", -90, 90), numberOf(parameters, "long", -180, 180)];
  if ((lat === undefined) !== (lon === undefined))
    refuseWith(400, "lat 和 long 要一起给出。", "lat and long must be given together.");
  const name = parameters.one("address_string")?.slice(0, 200);
  const addressId = parameters.one("address_id");
  if (lat === undefined && !name && !addressId)
    refuseWith(
      400,
      "请给出位置：lat 和 long，或 address_string，或 address_id。",
      "A location is required: lat and long, or address_string, or address_id.",
    );
  return { lat, lon, name, addressId };
}

function answerTo(
  question: Question,
  sent: readonly string[] | undefined,
): string | number | boolean | Problem | undefined {
  const name = `attribute[${question.id}]`;
  const [text] = sent ?? [];
  if (text === undefined)
    return question.required
      ? bad(`缺少 ${name}（${question.zh}）。`, `${name} is required (${question.en})`)
      : undefined;
  if (sent!.length > 1) return bad(`${name} 只能有一个值。`, `${name} takes one value.`);
  if (question.kind === "text")
    return text.length <= longestAnswer ? text : bad(`${name} 太长。`, `${name} is too long.`);
  if (question.kind === "number")
    return /^[+-]?\d{1,15}(\.\d{1,6})?$/.test(text)
      ? Number(text)
      : bad(`${name} 要是数字。`, `${name} must be a number.`);
  const known = choicesOf(question).map((choice) => choice.id);
  if (!known.includes(text))
    return bad(`${name} 只能是 ${known.join("、")}。`, `${name} must be one of ${known.join(", ")}.`);
  return question.kind === "yesNo" ? text === "true" : text;
}

/** The answers to the category's questions. @throws Open311Refusal with everything that is wrong at once */
function answersOf(category: Category, parameters: Parameters): Record<string, string | number | boolean> {
  const sent = parameters.attributes();
  const asked = new Set(category.questions.map((question) => question.id));
  const problems = [...sent.keys()]
    .filter((code) => !asked.has(code))
    .map((code) => bad(`没有 attribute[${code}] 这一项。`, `There is no attribute[${code}].`));
  const answers: Record<string, string | number | boolean> = {};
  for (const question of category.questions) {
    const answer = answerTo(question, sent.get(question.id));
    if (typeof answer === "object") problems.push(answer);
    else if (answer !== undefined) answers[question.id] = answer;
  }
  if (problems.length) throw new Open311Refusal(problems);
  return answers;
}

/** Chinese names are written surname first and without a space. */
function nameOf(parameters: Parameters): string | undefined {
  const [first = "", last = ""] = [parameters.one("first_name"), parameters.one("last_name")];
  const whole = /\p{Script=Han}/u.test(`${first}${last}`) ? `${last}${first}` : `${first} ${last}`.trim();
  return whole.slice(0, 60) || undefined;
}

/**
 * Who reported, for the sealed columns. An email address stands beside the name as in a letter's head, so that it is
 * masked, unmasked and removed with it. The ids of devices and accounts are not kept: nobody needs them to help.
 */
function reporterOf(parameters: Parameters): Reporter | undefined {
  const [phone, email] = [parameters.one("phone"), parameters.one("email")];
  if (phone && !/^[+\d(][\d ()-]{4,24}$/.test(phone))
    refuseWith(400, "phone 不是电话号码。", "phone is not a telephone number.");
  if (email && !/^[^\s@<>]{1,64}@[^\s@<>]{1,190}$/.test(email))
    refuseWith(400, "email 不是邮箱地址。", "email is not an email address.");
  const given = nameOf(parameters);
  const name = given && email ? `${given} <${email}>` : (given ?? email);
  if (!name && !phone) return undefined;
  return { name, phone, wantsContact: phone !== undefined };
}

function textOf(parameters: Parameters, category: Category): string {
  const description = parameters.one("description") ?? "";
  if (description.length > longestText)
    refuseWith(400, `description 最多 ${longestText} 字。`, `description may have up to ${longestText} characters.`);
  return [description || category.zh, ...mediaLinks(parameters.all("media_url"))].join("\n");
}

/** The ids that the same content from the same key gets on a day: clients repeat what they got no answer to. */
function idsOf(holder: KeyHolder, { parameters, photos }: Ask, dayNumber: number): { id: string; caseId: string } {
  const words = parameters.pairs
    .filter(([name]) => name !== "api_key" && name !== "jurisdiction_id" && name !== "lang")
    .map(([name, value]) => JSON.stringify([name, value]))
    .toSorted();
  const files = photos.map((photo) => createHash("sha256").update(photo).digest("hex"));
  const content = [holder.id, String(dayNumber), ...words, ...files];
  return { id: derivedId("command", ...content), caseId: derivedId("case", ...content) };
}

/** What was answered to the first of these commands that was carried out since `after`. */
export async function answered(house: House, ids: readonly string[], after = 0): Promise<CommandAnswer | undefined> {
  const row = await house.db
    .selectFrom("commands")
    .select("answer")
    .where("city_id", "=", house.cityId)
    .where("id", "in", [...ids])
    .where("at", ">", new Date(after).toISOString())
    .executeTakeFirst();
  return row?.answer as CommandAnswer | undefined;
}

export async function keepPhotos(house: House, holder: KeyHolder, photos: readonly Buffer[]): Promise<string[]> {
  const kept: string[] = [];
  for (const photo of photos) kept.push((await keepPhoto(house, keyActor(holder).id, photo)).id);
  return kept;
}

function receipt(house: House, { number, caseId, dueAt }: CommandAnswer, language: Language): Plain {
  const link = `${house.config.publicUrl}/f/${linkToken(house, "follow", caseId)}`;
  const due = writeW3c(dueAt, house.settings.calendar().offsetMinutes).slice(0, 10);
  const notice =
    language === "zh"
      ? `最晚 ${due} 办结。进度、补充和评价：${link}`
      : `To be resolved by ${due}. Follow, add to and rate it at ${link}`;
  return [{ service_request_id: number, service_notice: notice, account_id: null }];
}

/** POST requests: becomes the same command that the portal gives. The same content again within a day is answered again. */
export async function report(house: House, holder: KeyHolder, ask: Ask): Promise<Plain> {
  const { parameters, language } = ask;
  const code =
    parameters.one("service_code") ?? refuseWith(400, "缺少 service_code。", "The service_code was not provided.");
  const [category] = knownCategories(house, code);
  const { addressId, ...place } = placeOf(parameters);
  const draft = {
    type: "report",
    kind: "help",
    categoryId: category!.id,
    text: textOf(parameters, category!),
    place,
    ...areaOf(house, place, addressId),
    channel: "open311",
    reporter: reporterOf(parameters),
    answers: answersOf(category!, parameters),
  } satisfies Omit<ReportCommand, "id" | "caseId">;

  const now = house.clock();
  const [today, yesterday] = [Math.floor(now / day), Math.floor(now / day) - 1].map((each) => idsOf(holder, ask, each));
  const before = await answered(house, [today!.id, yesterday!.id], now - day);
  if (before) return receipt(house, before, language);
  const photos = await keepPhotos(house, holder, ask.photos);
  try {
    return receipt(house, await reportCase(house, keyActor(holder), { ...draft, ...today!, photos }), language);
  } catch (error) {
    // Sent twice at once: the other one was first, with photo ids of its own.
    const first =
      error instanceof Refusal && error.reason.code === "idUsedDifferently" && (await answered(house, [today!.id]));
    if (first) return receipt(house, first, language);
    throw error;
  }
}
