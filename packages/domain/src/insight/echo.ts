import type { Finding } from "./finding.ts";
import { prefixOfCode } from "../territory/code.ts";

/** A finding that is mostly another finding says nothing new. */
const echoShare = 0.6;
/** A part of a wide rise is worth its own alarm when it rises so many times as much as the whole. */
const standsOut = 1.5;

const within = (inner: string, outer: string): boolean => inner.startsWith(prefixOfCode(outer));

/** Whether two lists of areas have ground in common; a grid lies in its township and its county. */
export function meet(some: readonly string[], others: readonly string[]): boolean {
  return some.some((one) => others.some((other) => within(one, other) || within(other, one)));
}

const sameDays = (one: Finding, other: Finding): boolean => one.from <= other.to && other.from <= one.to;
const excess = ({ observed, expected }: Finding): number => observed - expected;
const contains = (wide: Finding, narrow: Finding): boolean =>
  wide.tool === "howMuch" && wide !== narrow && narrow.areaCodes.every((code) => within(code, wide.areaCodes[0]!));

/** Members that together are nearly all of their family leave it nothing to say. */
const sumShare = 0.8;

/** A family of categories that mostly repeats one of its members, or all of them; they say it by their own names. */
function repeatsMembers(family: Finding, findings: readonly Finding[]): boolean {
  const members = findings.filter(
    (member) =>
      member.streamId.startsWith(`${family.streamId}.`) &&
      sameDays(member, family) &&
      meet(member.areaCodes, family.areaCodes),
  );
  const together = members.reduce((sum, { observed }) => sum + observed, 0);
  return (
    members.some(({ observed }) => observed >= echoShare * family.observed) || together >= sumShare * family.observed
  );
}

/** A wide area whose excess is mostly that of a part, or a part of a wide rise that does not stand out in it. */
function repeatsArea(finding: Finding, findings: readonly Finding[]): boolean {
  return findings.some((other) => {
    if (other.streamId !== finding.streamId || !sameDays(other, finding)) return false;
    if (contains(finding, other)) return !contains(other, finding) && excess(other) >= echoShare * excess(finding);
    if (contains(other, finding))
      return excess(finding) < echoShare * excess(other) && finding.ratio < standsOut * other.ratio;
    return false;
  });
}

/** Leaves out what only repeats something else: one thing is told once, by its own name and at its own size. */
export function withoutEchoes(findings: readonly Finding[]): Finding[] {
  return findings.filter((finding) => !repeatsMembers(finding, findings) && !repeatsArea(finding, findings));
}
